/* Customers: the list's cells, and how it follows the URL while the server sorts and filters. */
(() => {
  "use strict";

  const GRID = { part: "grid", section: "customers" };
  const CHOSEN = { list: "customers", part: "bulk-chosen" };
  const ASKED = ["q", "managed", "products", "status", "type", "tag", "in_region", "as_of"]; // keys that change which rows there are
  const h = (...args) => window.React.createElement(...args);
  const setProps = (id, props) => window.dash_clientside.set_props(id, props);
  const icon = (name) => h("i", { className: `pl-mark pl-mark-${name}`, "aria-hidden": true });
  const waiting = () => h("span", { className: "pl-waiting", "aria-hidden": true });

  /* ---- Cells; a row that is still on its way has no data ---- */

  function CustomerLink({ data }) {
    if (!data) return waiting();
    return h("a", { className: "pl-inside pl-customer", href: data.href, tabIndex: -1 }, data.customer);
  }

  /* Draws what fits into a cell's two lines, and how many do not; the hint has them all. */
  function Fitting({ items, draw, context }) {
    const box = window.React.useRef(null);
    const [over, setOver] = window.React.useState(0);
    window.React.useLayoutEffect(() => {
      const cell = box.current;
      const measure = () => {
        const drawn = [...cell.children].filter((child) => !child.dataset.more);
        drawn.forEach((child) => { child.hidden = false; });
        const room = cell.parentElement.closest(".ag-cell")?.clientHeight ?? 56;
        const line = drawn[0]?.offsetHeight ?? 0;
        const fits = (count) => {
          drawn.forEach((child, i) => { child.hidden = i >= count; });
          cell.dataset.over = String(drawn.length - count);
          return cell.scrollHeight <= Math.max(room - 4, line);
        };
        let count = drawn.length;
        const more = cell.querySelector("[data-more]");
        more.hidden = true;
        if (!fits(count)) {
          more.hidden = false;
          do { count -= 1; } while (count > 1 && !fits(count));
        }
        setOver(drawn.length - count);
      };
      const watcher = new ResizeObserver(() => requestAnimationFrame(() => cell.isConnected && measure()));
      watcher.observe(cell);
      measure();
      return () => watcher.disconnect();
    }, [items]);
    const told = context.words.more.replace("{n}", over);
    return h("span", { className: "pl-fitting", ref: box }, items.map(draw),
      h("span", { "data-more": "", className: "pl-more-of", "aria-label": told, role: "img", hidden: true }, `+${over}`));
  }

  const fitting = (field, draw) => ({ data, context }) => {
    if (!data) return waiting();
    return data[field].length ? h(Fitting, { items: data[field], draw, context }) : "–";
  };
  const Statuses = fitting("statuses", ({ name, label }) =>
    h("span", { key: name + label, className: `pl-status ${name}` }, icon(name), label));
  const Products = fitting("products", ({ name, short, icon: kind }) =>
    h("span", { key: name, className: "pl-product", title: name }, icon(kind), short));
  const Tags = fitting("tags", (name) => h("span", { key: name, className: "pl-tag-chip" }, name));
  const Several = fitting("assigned_users", (name) => h("span", { key: name, className: "pl-one-of" }, name));

  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions ?? {}, {
    CustomerLink, Statuses, Products, Tags, Several,
  });

  /* ---- The URL says what is asked, the grid asks for rows of it ---- */

  let looked = {}; // the newest view of the list
  const asked = new WeakMap(); // grid → what its rows answer

  const question = (view) => JSON.stringify(ASKED.map((key) => view[key] ?? ""));

  function follow(view, id) {
    if (view?.path?.endsWith("/customers")) looked = view;
    if (id) window.dash_ag_grid.getApiAsync(GRID).then(attach);
    return window.dash_clientside.no_update;
  }

  function attach(api) {
    if (!asked.has(api)) listen(api);
    const before = asked.get(api);
    asked.set(api, question(looked));
    if (before !== undefined && before !== asked.get(api)) {
      api.deselectAll();
      api.ensureIndexVisible(0, "top");
      api.purgeInfiniteCache();
    }
    const wanted = looked.sort ?? "statuses";
    if (sortOf(api) === wanted) return;
    const state = [{ colId: wanted.replace("-", ""), sort: wanted.startsWith("-") ? "desc" : "asc" }];
    api.applyColumnState({ state, defaultState: { sort: null } });
  }

  function sortOf(api) {
    const { colId, sort } = api.getColumnState().find((column) => column.sort) ?? {};
    return colId ? `${sort === "desc" ? "-" : ""}${colId}` : "";
  }

  function listen(api) {
    api.addEventListener("sortChanged", ({ source }) => {
      const sort = sortOf(api);
      if (source?.startsWith("ui") && sort && sort !== looked.sort) window.partnerlens.pick("sort", sort);
    });
    api.addEventListener("selectionChanged", () =>
      setProps(CHOSEN, { data: api.getSelectedNodes().map((node) => node.id) }));
    api.addEventListener("cellKeyDown", ({ event }) => {
      if (event.key === "Enter") event.target.querySelector?.("a.pl-inside")?.click();
    });
  }

  /* Tags changed: the rows in memory are read again where they stand. */
  function reread(changed) {
    if (changed) window.dash_ag_grid.getApi(GRID)?.refreshInfiniteCache();
    return window.dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, { customers: { follow, reread } });
})();
