/* Following: a grid whose rows the server finds and sorts asks for them again as the URL changes.
 *
 * Its context says which keys of the URL decide what rows there are (`keys`), which one sorts them
 * (`order`), and how they are sorted without it (`standard`); a column downwards begins with “-”.
 * With a `path`, what is asked of other pages is none of its business.
 */
(() => {
  "use strict";

  const known = new WeakMap(); // grid → {view, asked}
  const DOWN = "-";

  function follow(view, { section }) {
    window.dash_ag_grid.getApiAsync({ part: "grid", section }).then((api) => look(api, view));
    return window.dash_clientside.no_update;
  }

  function look(api, view) {
    const { keys, order, standard, path = view.path } = api.getGridOption("context").follows;
    if (view.path !== path) return;
    const asked = JSON.stringify(keys.map((key) => view[key] ?? ""));
    const before = known.get(api);
    known.set(api, { view, asked });
    if (!before) listen(api, order);
    else if (before.asked !== asked) {
      if (api.getGridOption("rowSelection")) api.deselectAll();
      api.ensureIndexVisible(0, "top");
      api.purgeInfiniteCache();
    }
    const wanted = view[order] || standard;
    if (sortOf(api) === wanted) return;
    const state = [{ colId: wanted.replace(DOWN, ""), sort: wanted.startsWith(DOWN) ? "desc" : "asc" }];
    api.applyColumnState({ state, defaultState: { sort: null } });
  }

  function sortOf(api) {
    const { colId, sort } = api.getColumnState().find((column) => column.sort) ?? {};
    return colId ? (sort === "desc" ? DOWN : "") + colId : "";
  }

  function listen(api, order) {
    api.addEventListener("sortChanged", ({ source }) => {
      const sort = sortOf(api);
      if (source?.startsWith("ui") && sort && sort !== known.get(api).view[order]) window.partnerlens.pick(order, sort);
    });
  }

  const Waiting = ({ data, value }) => (data ? value : window.React.createElement("span", { className: "pl-waiting", "aria-hidden": true }));
  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions ?? {}, { Waiting });
  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, { following: { follow } });
})();
