/* Tables: search, filters and layout of the grids; what the server cannot know or need not. */
(() => {
  "use strict";

  const PHONE = 640; // pixels of grid width below which a table shows its narrow layout
  const SPARE = 32; // pixels a column of numbers may take beyond what it needs
  const PAUSE = 150; // milliseconds without a key before a search starts
  const grids = new Map(); // section name → {api, layout, sized}
  let wanted = { q: "", filter: null }; // what the URL says, for grids that are not there yet
  let typing = 0;

  const part = (name, section) => ({ part: name, section });
  const setProps = (name, section, props) => window.dash_clientside.set_props(part(name, section), props);
  const sectionOf = (api) => api.getGridOption("context").section;
  const definitions = (api) => api.getGridOption("columnDefs");
  const element = (section) => document.getElementById(JSON.stringify(part("grid", section)));
  const triggered = () => window.dash_clientside.callback_context.triggered_id;

  /* ---- Filters and search: the URL is their home, the shell's controller writes it ---- */

  function announce(change) {
    wanted = { ...wanted, ...change };
    window.dispatchEvent(new CustomEvent("partnerlens:filters", { detail: { ...wanted } }));
  }

  /* The controller also calls for what we announced ourselves: somebody may be typing on. */
  function apply({ q, filter } = {}) {
    const next = { q: q || "", filter: filter || null };
    if (JSON.stringify(next) === JSON.stringify(wanted)) return;
    clearTimeout(typing);
    wanted = next;
    grids.forEach(({ api }) => settle(api));
  }

  function settle(api) {
    if (api.getGridOption("rowModelType") === "infinite") return;
    api.setGridOption("quickFilterText", wanted.q);
    setProps("search", sectionOf(api), { value: wanted.q });
    try {
      api.setFilterModel(knownFilters(api));
    } catch {
      api.setFilterModel(null); // a link somebody edited by hand
    }
  }

  function knownFilters(api) {
    const filterable = new Set(definitions(api).filter((d) => d.filter).map((d) => d.colId));
    const entries = Object.entries(wanted.filter ?? {});
    return Object.fromEntries(entries.filter(([name, model]) => filterable.has(name) && model?.filterType));
  }

  function onFilter({ api, source }) {
    showCount(api);
    if (source !== "columnFilter") return;
    const model = api.getFilterModel();
    announce({ filter: Object.keys(model).length ? model : null });
  }

  function search(values, ids) {
    const { section } = triggered() ?? {};
    const q = values[ids.findIndex((id) => id.section === section)] ?? "";
    clearTimeout(typing);
    if (!grids.has(section) || q === wanted.q) return;
    typing = setTimeout(() => {
      grids.get(section)?.api.setGridOption("quickFilterText", q);
      announce({ q });
    }, PAUSE);
  }

  function clear() {
    if (!grids.has(triggered()?.section)) return;
    apply();
    announce({});
  }

  /* ---- Row count ---- */

  function showCount(api) {
    const { section, language, words } = api.getGridOption("context");
    if (!api.getGridOption("rowData")) return;
    let n = 0;
    api.forEachNode(() => { n += 1; });
    const shown = api.getDisplayedRowCount();
    const forms = api.isAnyFilterPresent() ? words.some : words.all;
    const sentence = forms[new Intl.PluralRules(language).select(n)] ?? forms.other;
    const write = new Intl.NumberFormat(language).format;
    setProps("count", section, { children: sentence.replace("{shown}", write(shown)).replace("{n}", write(n)) });
    setProps("clear", section, { hidden: !api.isAnyFilterPresent() });
  }

  /* ---- Layout: order, width, visibility and sort of columns; kept in this browser only ---- */

  const storageKey = (api, layout) => `partnerlens.table.${sectionOf(api)}.${layout}`;

  function stored(api, layout) {
    try {
      return JSON.parse(localStorage.getItem(storageKey(api, layout)));
    } catch {
      return null; // storage is off, or holds something else
    }
  }

  /* Widths are kept only once somebody chose one; until then columns fit the window. */
  function remember(api) {
    const { layout, sized } = grids.get(sectionOf(api));
    const state = unsorted(api, api.getColumnState().map(({ width, ...rest }) => (sized ? { width, ...rest } : rest)));
    try {
      localStorage.setItem(storageKey(api, layout), JSON.stringify(state));
    } catch { /* storage is off: the layout lasts until the page goes */ }
  }

  /* Rows that the server sorts are sorted as the URL says. */
  const unsorted = (api, state) => (api.getGridOption("rowModelType") === "infinite"
    ? state.map(({ sort, sortIndex, ...rest }) => rest) : state);

  function defaults(api, layout) {
    return definitions(api).map(({ colId, initialHide, initialPinned, context }) => ({
      colId,
      hide: layout === "narrow" ? !context.narrow : Boolean(initialHide),
      pinned: layout === "narrow" ? null : initialPinned ?? null,
      width: context[layout] ?? context.wide,
      sort: null,
    }));
  }

  function fit(api, layout) {
    const limit = ({ colId, context }) => {
      const minWidth = context[layout] ?? context.wide;
      return { key: colId, minWidth, maxWidth: context.grow ? undefined : minWidth + SPARE };
    };
    api.sizeColumnsToFit({ columnLimits: definitions(api).map(limit) });
  }

  function arrange(api) {
    const grid = grids.get(sectionOf(api));
    const kept = stored(api, grid.layout);
    grid.sized = Boolean(kept?.[0]?.width);
    api.applyColumnState({ state: unsorted(api, defaults(api, grid.layout)), applyOrder: true });
    if (kept) api.applyColumnState({ state: unsorted(api, kept), applyOrder: true });
    if (!grid.sized) fit(api, grid.layout);
    showChoices(api);
  }

  function resize(api, width) {
    const grid = grids.get(sectionOf(api));
    const layout = width < PHONE ? "narrow" : "wide";
    if (!grid || !width) return;
    if (grid.layout !== layout) {
      grid.layout = layout;
      arrange(api);
    } else if (!grid.sized) {
      fit(api, layout);
    }
  }

  function showChoices(api) {
    const shown = api.getColumns().filter((column) => column.isVisible());
    setProps("columns", sectionOf(api), { value: shown.map((column) => column.getColId()) });
  }

  function choose(values, ids) {
    const { section } = triggered() ?? {};
    const grid = grids.get(section);
    const value = values[ids.findIndex((id) => id.section === section)];
    if (!grid || !value) return;
    const { api } = grid;
    const wrong = api.getColumns().filter((c) => c.isVisible() !== value.includes(c.getColId()));
    if (!wrong.length) return; // we set the boxes ourselves
    wrong.forEach((column) => api.setColumnsVisible([column], !column.isVisible()));
    if (!grid.sized) fit(api, grid.layout);
    remember(api);
  }

  function reset() {
    const grid = grids.get(triggered()?.section);
    if (!grid) return;
    localStorage.removeItem(storageKey(grid.api, grid.layout));
    arrange(grid.api);
  }

  /* ---- Export: the server writes the file, the browser says what is on screen ---- */

  function request(csv, xlsx, { section }) {
    const { api } = grids.get(section) ?? {};
    const clicks = (csv ?? 0) + (xlsx ?? 0);
    if (!clicks || !api) return window.dash_clientside.no_update;
    const format = triggered()?.part === "export-xlsx" ? "xlsx" : "csv";
    const ids = [];
    api.forEachNodeAfterFilterAndSort((node) => ids.push(node.id));
    const columns = api.getAllDisplayedColumns().flatMap((column) => column.getColDef().context.fields);
    return { ids, columns, format, clicks };
  }

  /* ---- A grid comes and goes ---- */

  function mount(id) {
    window.dash_ag_grid.getApiAsync(id).then(attach);
    return window.dash_clientside.no_update;
  }

  /* A cell has the focus, not the link in it. */
  const follow = ({ event }) => event.key === "Enter" && event.target.querySelector?.("a.pl-inside")?.click();

  function attach(api) {
    const section = sectionOf(api);
    if (grids.get(section)?.api === api) return;
    grids.set(section, { api, layout: null, sized: false });
    const byUser = ({ type, source, finished = true }) => {
      if (!finished || !source?.startsWith("ui")) return;
      if (type === "columnResized") grids.get(section).sized = true;
      remember(api);
    };
    api.addEventListener("filterChanged", onFilter);
    if (api.getGridOption("rowModelType") !== "infinite") api.addEventListener("cellKeyDown", follow);
    api.addEventListener("modelUpdated", () => showCount(api));
    api.addEventListener("gridSizeChanged", ({ clientWidth }) => resize(api, clientWidth));
    api.addEventListener("gridPreDestroyed", () => grids.get(section)?.api === api && grids.delete(section));
    ["columnMoved", "columnResized", "sortChanged"].forEach((name) => api.addEventListener(name, byUser));
    resize(api, element(section)?.clientWidth);
    settle(api);
    showCount(api);
    element(section)?.setAttribute("data-arranged", "");
  }

  /* ---- The choice of columns closes like any menu ---- */

  const openMenus = () => document.querySelectorAll(".pl-table details[open]");
  document.addEventListener("pointerdown", ({ target }) =>
    openMenus().forEach((menu) => menu.contains(target) || menu.removeAttribute("open")));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && openMenus().forEach((menu) => {
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  }));

  window.partnerlens = Object.assign(window.partnerlens ?? {}, { grid: { apply, remember } });
  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, {
    grid: { mount, search, clear, choose, reset, request },
  });
})();
