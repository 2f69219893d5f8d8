/* Hints: what a cell or heading means, on hover, on keyboard focus and on touch alike. */
(() => {
  "use strict";

  const DELAY = 120; // milliseconds a pointer rests before a hint shows
  const ID = "pl-hint";
  const TARGETS = ".pl-table .ag-cell, .pl-table .ag-header-cell";
  let shown = null;
  let timer = 0;

  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  }

  /* ---- What there is to say about a cell ---- */

  const hints = {
    why: ({ customer, why }) => why && [make("strong", {}, customer), make("p", {}, why)],
    distribution: (data, { words, ...context }) => {
      const write = window.partnerlens.cells.count(context);
      const line = window.partnerlens.cells.lineOf(data);
      const rows = [["used", line.used], ["assigned", line.assigned], ["available", data.available]];
      if (line.assigned > line.total) rows.push(["overage", line.assigned - line.total]);
      rows.push(["total", line.total]);
      return [make("strong", {}, data.customer), make("dl", {}, ...rows.flatMap(([name, value]) => [
        make("dt", { class: name }, words[name]), make("dd", {}, write(value))]))];
    },
    weeks: (data, context) => data.weekly_used && [
      make("strong", {}, context.words.per_week), make("p", { class: "period" }, data.period ?? ""),
      weeklyBars(data.weekly_used, context)],
  };

  function weeklyBars(weeks, { words, ...context }) {
    const write = window.partnerlens.cells.count(context);
    const known = weeks.filter((n) => n !== null);
    const top = Math.max(1, ...known);
    const peak = weeks.indexOf(top); // only the peak and the ends carry a number: thirteen would collide
    const bars = weeks.map((n, i) => {
      const text = n === null ? "–" : [0, peak, weeks.length - 1].includes(i) ? write(n) : "";
      const bar = make("i");
      bar.style.height = `${n === null ? 0 : (100 * n) / top}%`;
      return make("div", { class: n === null ? "gap" : "week" }, make("span", {}, text), bar);
    });
    const label = weeks.map((n) => (n === null ? words.no_week : write(n))).join(", ");
    return make("div", { class: "pl-weeks", role: "img", "aria-label": label }, ...bars);
  }

  function contentOf(cell) {
    const holder = cell.closest('[id*=\'"part":"grid"\']');
    const api = holder && window.dash_ag_grid.getApi(JSON.parse(holder.id));
    const definition = api?.getColumn(cell.getAttribute("col-id"))?.getColDef().context;
    if (!definition) return null;
    if (cell.classList.contains("ag-header-cell")) return [make("p", {}, definition.definition)];
    const node = api.getRowNode(cell.closest(".ag-row").getAttribute("row-id"));
    return node && hints[definition.hint]?.(node.data, api.getGridOption("context"));
  }

  /* ---- One bubble for the whole page ---- */

  function bubble() {
    const found = document.getElementById(ID);
    if (found) return found;
    const made = make("div", { id: ID, role: "tooltip", popover: "manual" });
    made.addEventListener("mouseenter", () => clearTimeout(timer));
    made.addEventListener("mouseleave", hide);
    return document.body.appendChild(made);
  }

  function show(cell) {
    clearTimeout(timer);
    if (cell === shown) return;
    hide();
    const content = contentOf(cell);
    if (!content) return;
    const tip = bubble();
    tip.replaceChildren(...content);
    tip.showPopover();
    place(tip, cell.getBoundingClientRect());
    cell.setAttribute("aria-describedby", ID);
    shown = cell;
  }

  function place(tip, cell) {
    const { width, height } = tip.getBoundingClientRect();
    const below = cell.bottom + 4 + height < window.innerHeight;
    const left = Math.min(cell.left, window.innerWidth - width - 8);
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${below ? cell.bottom + 4 : Math.max(8, cell.top - height - 4)}px`;
  }

  function hide() {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    bubble().hidePopover();
  }

  const later = (action) => {
    clearTimeout(timer);
    timer = setTimeout(action, DELAY);
  };
  const cellAt = ({ target }) => target.closest?.(TARGETS);

  document.addEventListener("mouseover", (event) => {
    const cell = cellAt(event);
    if (cell) later(() => show(cell));
    else if (shown && !event.target.closest?.(`#${ID}`)) later(hide);
  });
  document.addEventListener("focusin", (event) => {
    const cell = cellAt(event);
    if (cell) show(cell);
    else hide();
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  document.addEventListener("scroll", hide, true);
})();
