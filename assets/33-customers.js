/* Customers: the list's cells, and how its rows are chosen. */
(() => {
  "use strict";

  const CHOSEN = { list: "customers", part: "bulk-chosen" };
  const h = (...args) => window.React.createElement(...args);
  const setProps = (id, props) => window.dash_clientside.set_props(id, props);
  const icon = (name) => h("i", { className: `pl-mark pl-mark-${name}`, "aria-hidden": true });
  const waiting = () => h("span", { className: "pl-waiting", "aria-hidden": true });

  /* ---- Cells; a row that is still on its way has no data ---- */

  function CustomerLink({ data }) {
    if (!data) return waiting();
    return h("a", { className: "pl-inside pl-customer", href: data.href, tabIndex: -1 }, data.customer);
  }

  /* Fits into a cell's lines: from the last one on, words give way to their icon, then all to a number. */
  function fit(cell) {
    const drawn = [...cell.children];
    const more = drawn.pop();
    const room = (cell.closest(".ag-cell")?.clientHeight ?? 56) - 2;
    drawn.forEach((child) => { child.hidden = false; child.classList.remove("brief"); });
    more.hidden = true;
    const tall = () => cell.offsetHeight > room;
    for (let i = drawn.length - 1; i > 0 && tall(); i -= 1) drawn[i].classList.toggle("brief", drawn[i].querySelector(".pl-mark") !== null);
    for (let i = drawn.length - 1; i > 0 && tall(); i -= 1) {
      drawn[i].hidden = true;
      more.hidden = false;
      more.textContent = `+${drawn.length - i}`;
    }
  }

  function Fitting({ items, draw }) {
    const box = window.React.useRef(null);
    window.React.useLayoutEffect(() => {
      let width = -1;
      const watcher = new ResizeObserver(([{ contentRect }]) => {
        if (contentRect.width === width) return;
        width = contentRect.width;
        requestAnimationFrame(() => box.current && fit(box.current));
      });
      watcher.observe(box.current);
      fit(box.current);
      return () => watcher.disconnect();
    }, [items]);
    return h("span", { className: "pl-fitting", ref: box }, items.map(draw), h("span", { className: "pl-more-of" }));
  }

  const fitting = (field, draw) => ({ data }) => {
    if (!data) return waiting();
    return data[field].length ? h(Fitting, { items: data[field], draw }) : "–";
  };
  function Launch({ data, context }) {
    if (!data?.launch?.startsWith("https://")) return null;
    const told = context.words.launch.replace("{customer}", () => data.customer);
    return h("a", { className: "pl-launches", href: data.launch, target: "_blank", rel: "noopener noreferrer", title: told, "aria-label": told, tabIndex: -1 }, icon("launch"));
  }
  const Wrapped = ({ value }) => (value === undefined ? waiting() : h("span", { className: "pl-wrapped" }, value));
  const Statuses = fitting("statuses", ({ name, label }) =>
    h("span", { key: name + label, className: `pl-status ${name}`, title: label }, icon(name), h("span", null, label)));
  const Products = fitting("products", ({ name, short, icon: kind }) =>
    h("span", { key: name, className: "pl-product", title: name }, icon(kind), h("span", null, short)));
  const Tags = fitting("tags", (name) => h("span", { key: name, className: "pl-tag-chip" }, name));
  const Several = fitting("assigned_users", (name) => h("span", { key: name, className: "pl-one-of" }, name));

  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions ?? {}, {
    CustomerLink, Launch, Wrapped, Statuses, Products, Tags, Several,
  });

  /* ---- Rows are chosen to be tagged ---- */

  let grid = null;
  const known = new WeakSet();

  function mount(id) {
    window.dash_ag_grid.getApiAsync(id).then((api) => {
      if (known.has(api)) return;
      known.add(api);
      grid = api;
      listen(api);
    });
    return window.dash_clientside.no_update;
  }

  function listen(api) {
    api.addEventListener("selectionChanged", () => {
      const chosen = api.getSelectedNodes().map((node) => node.id);
      const bar = document.querySelector(".pl-tagging");
      if (!bar) return;
      bar.hidden = !chosen.length && bar.hidden; // once there, it stays and says what it did
      setProps(CHOSEN, { data: chosen });
    });
    api.addEventListener("cellKeyDown", ({ event }) => {
      if (event.key === "Enter") event.target.querySelector?.("a")?.click();
    });
  }

  /* Tags changed: the rows in memory are read again where they stand. */
  function reread(changed) {
    if (changed) grid?.refreshInfiniteCache();
    return window.dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, { customers: { mount, reread } });
})();
