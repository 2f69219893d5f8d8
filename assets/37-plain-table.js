/* Plain tables: the rows of a grid as a table without a grid, for paper and pictures.
 *
 * The grid's own layout for print draws its cells later, when the paper is already gone; here
 * they are drawn at once, by the same functions.
 */
(() => {
  "use strict";

  const h = (...args) => window.React.createElement(...args);
  const { pictures: words } = JSON.parse(document.getElementById("choices").textContent).words;

  /* The grid in a card, once it is there. */
  function gridOf(card) {
    const id = card.querySelector(".pl-table-body > [id]")?.id;
    try {
      return id ? window.dash_ag_grid?.getApi(JSON.parse(id)) : null;
    } catch {
      return null; // drawn, and not yet known by its name
    }
  }

  /* The first rows, in the order and with the columns on screen; those still on their way are none. */
  function rowsOf(api, most) {
    const rows = [];
    for (let i = 0; i < api.getDisplayedRowCount() && rows.length < most; i += 1) {
      const row = api.getDisplayedRowAtIndex(i);
      if (!row?.data) break;
      rows.push(row);
    }
    return rows;
  }

  /* A grid whose rows the server finds holds those near the screen: looking at one asks for its block. */
  const SOON = 100; // milliseconds between two looks
  async function load(card, most, patience) {
    const api = gridOf(card);
    const end = performance.now() + patience;
    const lacking = () => {
      const wanted = Array.from({ length: Math.min(api.getDisplayedRowCount(), most) }, (_, i) => api.getDisplayedRowAtIndex(i));
      return wanted.some((row) => row && !row.data);
    };
    while (api && lacking() && performance.now() < end) await new Promise((done) => setTimeout(done, SOON));
  }

  function cell(column, node, api) {
    const colDef = column.getColDef();
    const value = colDef.field ? node.data[colDef.field] : undefined;
    const draw = window.dashAgGridComponentFunctions[colDef.cellRenderer];
    const context = api.getGridOption("context");
    return h("td", { key: column.getColId(), className: colDef.cellClass, "data-column": column.getColId() },
      draw ? h(draw, { value, data: node.data, node, api, column, colDef, context }) : value ?? "–");
  }

  /* Returns {table, shown, all}; `undone` takes it away again. */
  function plain(card, most) {
    const api = gridOf(card);
    if (!api) return null;
    const columns = api.getAllDisplayedColumns().filter((column) => column.getColDef().headerName);
    const rows = rowsOf(api, most);
    const head = columns.map((column) => h("th", {
      key: column.getColId(), scope: "col", className: column.getColDef().cellClass, "data-column": column.getColId(),
    }, column.getColDef().headerName));
    const body = rows.map((node) => h("tr", { key: node.id }, columns.map((column) => cell(column, node, api))));
    const box = document.createElement("div");
    box.className = "pl-plain";
    card.querySelector(".pl-table-body").after(box);
    const root = window.ReactDOM.createRoot(box);
    window.ReactDOM.flushSync(() => root.render(
      h("table", null, h("thead", null, h("tr", null, head)), h("tbody", null, body))));
    const undone = () => { root.unmount(); box.remove(); };
    return { box, shown: rows.length, all: api.getDisplayedRowCount(), undone };
  }

  const count = new Intl.NumberFormat(document.documentElement.lang);
  const moreRows = (n) => words.more_rows.replace("{n}", count.format(n));

  /* Search and filters of a table in words; the server says the same in files. */
  function narrowed(card) {
    const api = gridOf(card);
    const search = card.querySelector("input[type=search]")?.value.trim();
    const said = search ? [words.search.replace("{text}", () => search)] : [];
    for (const [name, { type, filter, filterTo }] of Object.entries(api?.getFilterModel?.() ?? {})) {
      const label = api.getColumn(name)?.getColDef().headerName ?? name;
      const condition = words.conditions[type] ?? type;
      said.push(`${label} ${condition.replace("{text}", () => filter ?? "").replace("{to}", () => filterTo ?? "")}`);
    }
    return said;
  }

  window.partnerlens = Object.assign(window.partnerlens ?? {}, { tables: { load, plain, moreRows, narrowed } });
})();
