/* Cells: how the grids write and draw values. Everything becomes text nodes, never HTML. */
(() => {
  "use strict";

  const NOTHING = "–";
  const h = (...args) => window.React.createElement(...args);
  const missing = (value) => value === null || value === undefined;

  /* ---- Numbers in the page's language ---- */

  const formats = new Map();
  function format(language, options) {
    const key = language + JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(language, options));
    return (value) => (missing(value) ? NOTHING : formats.get(key).format(value).replace("-", "−"));
  }
  const whole = ({ language }) => format(language, { maximumFractionDigits: 0 });
  const count = ({ language }) => format(language, { maximumFractionDigits: 1 });
  const percent = ({ language }) => format(language, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });

  function signed({ language }, value, digits = 0) {
    const written = format(language, { signDisplay: "exceptZero", minimumFractionDigits: digits })(value);
    return value === 0 ? `±${written}` : written;
  }

  /* ---- The bar: used within assigned within total; what exceeds the total is drawn too ---- */

  function segments({ used, assigned, total }) {
    const edges = [...new Set([0, used, assigned, total])].sort((a, b) => a - b);
    const end = edges[edges.length - 1] || 1;
    return edges.slice(1).map((to, i) => {
      const from = edges[i];
      const kind = from < used ? (from < assigned ? "used" : "used stray") : from < assigned ? "assigned" : "available";
      return { kind: from >= total ? `${kind} over` : kind, share: (to - from) / end };
    });
  }

  const lineOf = (data) => ({ used: data.used ?? 0, assigned: data.assigned ?? 0, total: data.total_licenses ?? 0 });

  function Distribution({ data, context, colDef }) {
    const write = count(context);
    const numbers = colDef.context.fields.map((name) => write(data[name]));
    const label = colDef.context.labels.map((word, i) => `${word} ${numbers[i]}`).join(", ");
    return h("div", { className: "pl-stack-cell", role: "img", "aria-label": label },
      h("div", { className: "pl-stack-numbers" }, numbers.map((text, i) => h("span", { key: i }, text))),
      h("div", { className: "pl-stack" }, segments(lineOf(data)).map(({ kind, share }, i) =>
        h("i", { key: i, className: kind, style: { flexGrow: share } }))));
  }

  function DistributionHeader({ column, api, context }) {
    const { labels, fields } = column.getColDef().context;
    const buttons = fields.map((name, i) => {
      const sort = api.getColumn(name)?.getSort();
      return h("button", {
        key: name, type: "button", tabIndex: -1, "aria-pressed": Boolean(sort),
        className: `pl-part ${name}`, onClick: () => sortBy(api, name),
      }, labels[i], sort ? h("span", { "aria-hidden": true }, sort === "asc" ? " ↑" : " ↓") : null);
    });
    const [, redraw] = window.React.useState(0);
    window.React.useEffect(() => {
      const changed = () => redraw((n) => n + 1);
      api.addEventListener("sortChanged", changed);
      return () => api.isDestroyed() || api.removeEventListener("sortChanged", changed);
    }, [api]);
    return h("div", { className: "pl-parts", "data-section": context.section }, buttons);
  }

  /* Each number sorts downwards, then upwards, then not at all. */
  function sortBy(api, name) {
    const next = { desc: "asc", asc: null }[api.getColumn(name).getSort()];
    api.applyColumnState({
      state: [{ colId: name, sort: next === undefined ? "desc" : next }],
      defaultState: { sort: null },
    });
    window.partnerlens.grid.remember(api);
  }

  function sortByPart({ event, column, api }) {
    if (event.key !== "Enter") return false;
    const { fields } = column.getColDef().context;
    const steps = fields.flatMap((name) => [[name, "desc"], [name, "asc"]]);
    const at = steps.findIndex(([name, sort]) => api.getColumn(name).getSort() === sort);
    if (at < 0) sortBy(api, fields[0]);
    else if (at % 2 === 0 || at === steps.length - 1) sortBy(api, steps[at][0]);
    else sortBy(api, steps[at + 1][0]);
    return true;
  }

  /* ---- Single values ---- */

  const yesNo = (value, { words }) => ({ Yes: words.yes, No: words.no })[value] ?? value;

  const Words = ({ value }) => value;
  const Customer = ({ value, data }) => (data?.href
    ? h("a", { className: "pl-inside pl-customer", href: data.href, tabIndex: -1 }, value)
    : h("span", { className: "pl-customer" }, value));
  const Whole = ({ value, context }) => whole(context)(value);
  const Count = ({ value, context }) => count(context)(value);
  const YesNo = ({ value, context }) => yesNo(value, context) ?? NOTHING;

  function Subscription({ value, data, context }) {
    if (data.type !== "Trial") return value;
    return h("span", { className: "pl-trial" }, context.words.trial, h("small", null, value));
  }

  function Change({ value, context }) {
    if (missing(value)) return NOTHING;
    const [kind, arrow] = value > 0 ? ["up", "▲"] : value < 0 ? ["down", "▼"] : ["same", ""];
    return h("span", { className: `pl-delta ${kind}` },
      h("span", { className: "arrow", "aria-hidden": true }, arrow), signed(context, value));
  }

  /* A change of a share, in percentage points. */
  function Points({ value, context }) {
    if (missing(value)) return NOTHING;
    const points = Math.round(value * 1000) / 10;
    const [kind, arrow] = points > 0 ? ["down", "▲"] : points < 0 ? ["up", "▼"] : ["same", ""]; // more is worse
    return h("span", { className: `pl-delta ${kind}` },
      h("span", { className: "arrow", "aria-hidden": true }, arrow), signed(context, points, 1));
  }

  function Seconds({ value, context: { words, ...context } }) {
    if (missing(value)) return NOTHING;
    const write = whole(context);
    const [m, s] = [Math.floor(Math.round(value) / 60), Math.round(value) % 60];
    if (!m) return words.seconds.replace("{n}", write(s));
    return words.minutes.replace("{m}", write(m)).replace("{s}", String(s).padStart(2, "0"));
  }

  /* A rate of events: its bar ends at a quarter; a mark says what stands out, or is too few to judge. */
  const FULL_RATE = 0.25;
  function Rate({ value, data, context, colDef }) {
    if (missing(value)) return NOTHING;
    const [part, all] = colDef.context.counts.map((name) => whole(context)(data[name]));
    const mark = data[`${colDef.field}_mark`];
    const share = percent(context)(value);
    const text = mark === "few" ? [context.words.part_of.replace("{part}", part).replace("{whole}", all), ` (${share})`] : [share];
    return h("span", { className: `pl-percent pl-rate ${mark ?? ""}` },
      h("span", null, mark === "high" ? h("b", { role: "img", "aria-label": context.words.high }, "▲ ") : null, text),
      h("span", { className: "pl-stack", "aria-hidden": true },
        h("i", { className: "rate", style: { flexGrow: Math.min(1, value / FULL_RATE) } }),
        h("i", { className: "available", style: { flexGrow: Math.max(0, 1 - value / FULL_RATE) } })));
  }

  function Falling(params) {
    return h("span", { className: "pl-usage hinted" }, thumb(params.data.weekly_calls ?? []), h("span", null, h(Change, params)));
  }

  function thumb(weeks) {
    const top = Math.max(1, ...weeks.map(Number));
    return h("span", { className: "pl-thumb", "aria-hidden": true }, weeks.map((n, i) =>
      h("i", { key: i, className: missing(n) ? "gap" : "", style: { height: `${missing(n) ? 12 : 6 + (94 * n) / top}%` } })));
  }

  function Percent({ value, data, context, colDef }) {
    const text = percent(context)(value);
    if (missing(value)) return text;
    const full = Math.max(1, value);
    const mark = colDef.context.hint === "why" ? data.quartile : null;
    const kind = /^(used|active)/.test(colDef.field) ? "used" : "assigned";
    return h("span", { className: `pl-percent ${mark === null ? "" : "hinted"}` }, h("span", null, text),
      h("span", { className: "pl-stack", "aria-hidden": true },
        h("i", { className: kind, style: { flexGrow: Math.min(1, value) / full } }),
        h("i", { className: "available", style: { flexGrow: Math.max(0, 1 - value) / full } }),
        value > 1 ? h("i", { className: `${kind} over`, style: { flexGrow: (value - 1) / full } }) : null,
        missing(mark) ? null : h("b", { style: { left: `${(100 * mark) / full}%` } })));
  }

  function Usage({ value, data, context }) {
    const text = count(context)(value);
    return h("span", { className: "pl-usage hinted" }, thumb(data.weekly_used ?? []),
      data.usage_last_3_months_at_least
        ? h("span", null, h("span", { "aria-label": context.words.at_least, role: "img" }, "≥ "), text) : text);
  }

  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions ?? {}, {
    Words, Customer, Whole, Count, Points, Seconds, Rate, Falling, YesNo, Subscription, Change, Percent, Usage, Distribution, DistributionHeader,
  });

  /* ---- What filters, search and sort see ---- */

  function filterValue({ data, colDef, context }) {
    const value = data[colDef.field];
    if (["Percent", "Points", "Rate"].includes(colDef.cellRenderer)) return missing(value) ? null : Math.round(value * 1000) / 10;
    if (colDef.cellRenderer === "YesNo") return yesNo(value, context);
    return colDef.cellRenderer === "Subscription" ? named({ data, colDef, context }) : value;
  }
  const named = ({ data, colDef, context }) =>
    data.type === "Trial" ? `${context.words.trial} ${data[colDef.field]}` : data[colDef.field];
  const searchText = (params) =>
    ["Customer", "Subscription", "Words"].includes(params.colDef.cellRenderer) ? named(params) : "";

  const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });
  const byName = (a, b) => collator.compare(a ?? "", b ?? "");
  const last = (isDescending) => (isDescending ? -1 : 1); // what is not known stays at the end
  const byNumber = (a, b, nodeA, nodeB, isDescending) =>
    missing(a) || missing(b) ? (missing(a) - missing(b)) * last(isDescending) : a - b;

  /* ---- Texts and colors ---- */

  function gridText({ key, defaultValue, variableValues = [], context }) {
    const text = context?.words?.grid[key] ?? window.AG_GRID_LOCALE?.[key] ?? defaultValue;
    return variableValues.reduce((filled, value) => filled.replace("${variable}", value), text);
  }

  const partnerlensTheme = (base) => base.withParams({
    browserColorScheme: "inherit",
    backgroundColor: "transparent",
    foregroundColor: "var(--pl-text, var(--mantine-color-text))",
    chromeBackgroundColor: "var(--pl-surface, var(--mantine-color-body))",
    headerBackgroundColor: "transparent",
    headerTextColor: "var(--pl-muted, light-dark(#5c636a, #a6a7ab))",
    borderColor: "var(--pl-grid, var(--mantine-color-default-border))",
    accentColor: "var(--pl-accent, var(--mantine-primary-color-filled))",
    rowHoverColor: "var(--pl-canvas, var(--mantine-color-default-hover))",
    menuBackgroundColor: "var(--pl-surface, var(--mantine-color-body))",
    fontFamily: "inherit",
    fontSize: 14,
    headerFontSize: 12,
    headerFontWeight: 600,
    cellHorizontalPadding: 12,
    wrapperBorder: false,
    wrapperBorderRadius: 0,
  });

  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions ?? {}, {
    filterValue, searchText, byName, byNumber, sortByPart, gridText, partnerlensTheme,
  });
  window.partnerlens = Object.assign(window.partnerlens ?? {}, { cells: { count, segments, lineOf } });
})();
