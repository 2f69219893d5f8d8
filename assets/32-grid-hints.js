/* Hints: what a cell or heading means, on hover, on keyboard focus and on touch alike. */
(() => {
  "use strict";

  const DELAY = { cell: 150, heading: 600 }; // milliseconds a pointer rests before a hint shows
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
    statuses: ({ customer, statuses }) => statuses.length && [make("strong", {}, customer),
      ...statuses.map(({ label, why }) => make("p", {}, make("b", {}, label), why ? ` – ${why}` : ""))],
    list: (data, context, field) => data[field].length && [make("strong", {}, data.customer),
      ...data[field].map((one) => make("p", {}, one.name ?? one))],
    distribution: (data, { words, ...context }) => {
      const write = window.partnerlens.cells.count(context);
      const line = window.partnerlens.cells.lineOf(data);
      const rows = [["used", line.used], ["assigned", line.assigned], ["available", data.available]];
      if (line.assigned > line.total) rows.push(["overage", line.assigned - line.total]);
      rows.push(["total", line.total]);
      return [make("strong", {}, data.customer), make("dl", {}, ...rows.flatMap(([name, value]) => [
        make("dt", { class: name }, words[name]), make("dd", {}, write(value))]))];
    },
    weeks: (data, context) => (data.weekly_used ?? data.weekly_calls) && [
      make("strong", {}, data.weekly_used ? context.words.per_week : context.words.calls_per_week),
      make("p", { class: "period" }, data.period ?? ""),
      weeklyBars(data.weekly_used ?? data.weekly_calls, context)],
  };

  function weeklyBars(weeks, { words, ...context }) {
    const write = window.partnerlens.cells.count(context);
    const known = weeks.filter((n) => n !== null);
    const top = Math.max(1, ...known);
    const told = [weeks.indexOf(top), weeks.length - 1]; // thirteen numbers would collide
    const bars = weeks.map((n, i) => {
      const text = n === null ? "–" : told.includes(i) ? write(n) : "";
      const bar = make("i");
      bar.style.height = `calc((100% - 14px) * ${n === null ? 0 : n / top})`;
      return make("div", { class: n === null ? "gap" : "week" }, make("span", {}, text), bar);
    });
    const label = weeks.map((n) => (n === null ? words.no_week : write(n))).join(", ");
    return make("div", { class: "pl-hint-weeks", role: "img", "aria-label": label }, ...bars);
  }

  function contentOf(cell) {
    const holder = cell.isConnected ? cell.closest('[id*=\'"part":"grid"\']') : null;
    const api = holder && window.dash_ag_grid.getApi(JSON.parse(holder.id));
    const definition = api?.getColumn(cell.getAttribute("col-id"))?.getColDef().context;
    if (!definition) return null;
    if (isHeading(cell)) return [make("p", {}, definition.definition)];
    const node = api.getDisplayedRowAtIndex(Number(cell.closest(".ag-row").getAttribute("row-index")));
    return node?.data && hints[definition.hint]?.(node.data, api.getGridOption("context"), cell.getAttribute("col-id"));
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

  /* Above a cell, so that the rows one reads next stay free; below a heading. */
  function place(tip, cell) {
    const { width, height } = tip.getBoundingClientRect();
    const above = cell.top - height - 4;
    const below = cell.bottom + 4;
    const fitsBelow = below + height < window.innerHeight;
    const left = Math.min(cell.left, window.innerWidth - width - 8);
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above > 8 || !fitsBelow ? Math.max(8, above) : below}px`;
  }

  function hide() {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    bubble().hidePopover();
  }

  const later = (action, delay = DELAY.cell) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };
  const isHeading = (cell) => cell.classList.contains("ag-header-cell");
  const cellAt = ({ target }) => target.closest?.(TARGETS);

  document.addEventListener("mouseover", (event) => {
    const cell = cellAt(event);
    if (cell) later(() => show(cell), isHeading(cell) ? DELAY.heading : DELAY.cell);
    else if (shown && !event.target.closest?.(`#${ID}`)) later(hide);
  });
  document.addEventListener("focusin", (event) => {
    const cell = cellAt(event);
    if (!cell) hide();
    else if (cell.matches(":focus-visible")) show(cell);
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  document.addEventListener("scroll", hide, true);
})();
