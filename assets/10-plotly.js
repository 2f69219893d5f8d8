/* Charts: theme by the page's tokens, safe settings, and the series' colors; no server round trip. */
(() => {
  "use strict";
  const root = document.documentElement;
  const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const scheme = () => root.getAttribute("data-mantine-color-scheme");
  const SAFE = {
    showSendToCloud: false,
    plotlyServerURL: "",
    displaylogo: false,
    displayModeBar: matchMedia("(hover: none)").matches ? false : "hover",
  };
  let plotly;

  function template() {
    const line = { gridcolor: token("--pl-grid"), linecolor: token("--pl-axis"), zerolinecolor: token("--pl-axis") };
    return {
      layout: {
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        font: { family: token("--pl-font"), size: 13, color: token("--pl-text") },
        xaxis: { ...line, showgrid: false, ticks: "outside", tickcolor: token("--pl-axis") },
        yaxis: { ...line, ticks: "" },
        hoverlabel: {
          bgcolor: token("--pl-surface"),
          bordercolor: token("--pl-axis"),
          font: { family: token("--pl-font"), size: 13, color: token("--pl-text") },
        },
        modebar: { bgcolor: "rgba(0,0,0,0)", color: token("--pl-axis"), activecolor: token("--pl-accent") },
      },
    };
  }

  /* A series and its label take the color of what they mean (`meta`, `name`). */
  function colored(figure) {
    const color = (meaning) => token(`--pl-${meaning}`) || token("--pl-total");
    const data = (figure.data || []).map((trace) => {
      if (!trace.meta) return trace;
      const own = [trace.meta].flat().map(color); // one for the series, or one for each bar
      const marker = { ...trace.marker, color: own.length > 1 ? own : own[0] };
      if (trace.type !== "bar") return { ...trace, marker, line: { ...trace.line, color: own[0] } };
      return { ...trace, marker: { ...marker, line: { width: 1, color: token("--pl-surface") } } };
    });
    const shapes = (figure.layout?.shapes || []).map((shape) => {
      if (!shape.name) return shape;
      const fill = shape.type === "rect" ? { fillcolor: token(`--pl-${shape.name}-soft`) } : {};
      return { ...shape, ...fill, line: { ...shape.line, color: color(shape.name) } };
    });
    const annotations = (figure.layout?.annotations || []).map((note) =>
      note.name ? { ...note, font: { ...note.font, color: token(`--pl-${note.name}-text`) || color(note.name) } } : note);
    return { ...figure, data, layout: { ...figure.layout, annotations, shapes, template: template() } };
  }

  /* A click on a point chooses what it stands for, where the figure says that it stands for something. */
  function listen(element) {
    if (!element?.on) return;
    element.pick ??= ({ points }) => {
      const { key, points: values } = element.layout.meta?.pick ?? {};
      const value = values?.[points[0].pointNumber];
      if (value) window.partnerlens.pick(key, value);
    };
    element.removeListener("plotly_click", element.pick); // drawing anew may have taken it off, or not
    element.on("plotly_click", element.pick);
  }

  function wrap(library) {
    if (!library || library.themed) return library;
    library.setPlotConfig(SAFE);
    for (const name of ["newPlot", "react"]) {
      const original = library[name];
      library[name] = function draw(element, figure, ...rest) {
        const drawn = figure && !Array.isArray(figure) ? colored(figure) : figure;
        const done = original.call(this, element, drawn, ...rest);
        done?.then?.(() => listen(element));
        return done;
      };
    }
    library.themed = true;
    return library;
  }

  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => plotly,
    set: (library) => { plotly = wrap(library); },
  });

  const charts = () => document.querySelectorAll(".js-plotly-plot");
  let painted = scheme();
  new MutationObserver(() => {
    if (!plotly || scheme() === painted) return;
    requestAnimationFrame(() => scheme() === painted || repaint());
  }).observe(root, { attributes: true, attributeFilter: ["data-mantine-color-scheme"] });

  /* Draws every chart at once in the colors of now; on paper also at the size of its place there. */
  function repaint(sizeOf = () => ({ width: undefined, height: undefined, autosize: true })) {
    painted = scheme();
    charts().forEach((chart) => {
      const { data, layout, _context: config } = chart;
      plotly.react(chart, { data, layout: { ...layout, ...sizeOf(chart) }, config });
    });
  }

  /* ---- A chart as a table: built from the figure already here ---- */

  const element = (type, children, props = {}) => ({
    namespace: "dash_html_components", type, props: { children, ...props },
  });

  function table(checked, figure) {
    const { no_update: keep } = window.dash_clientside;
    if (!checked) return [keep, true, false];
    const { table: written, pick } = figure.layout?.meta ?? {};
    if (written) {
      keepFocus();
      return [rowsOf(written.head, written.rows, pick), false, true];
    }
    const { words } = JSON.parse(document.getElementById("choices").textContent);
    const language = root.lang;
    const number = new Intl.NumberFormat(language);
    const day = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
    const traces = figure.data;
    const weeks = traces[0]?.x ?? [];
    const rows = weeks.map((week, row) => [
      day.format(new Date(week)),
      ...traces.map(({ y }) => (y[row] == null ? "–" : number.format(y[row]))),
    ]).reverse();
    return [rowsOf([words.week, ...traces.map((trace) => trace.name)], rows), false, true];
  }

  /* The rows are drawn anew: what stands where the button with the focus stood has it again. */
  function keepFocus() {
    const held = document.activeElement;
    if (!held?.matches(".pl-row-pick")) return;
    const { key, value } = held.dataset;
    const watch = new MutationObserver(() => {
      if (held.isConnected) return;
      watch.disconnect();
      document.querySelector(`.pl-row-pick[data-key="${key}"][data-value="${value}"]`)?.focus({ preventScroll: true });
    });
    watch.observe(document.getElementById("page"), { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 5000);
  }

  /* Rows of texts; the first of each names it, as a button where the row can be chosen. */
  function rowsOf(head, rows, pick) {
    const heading = (text, scope) => element("Th", text, { scope });
    const choice = (text, value) => (value ? element("Button", text, {
      className: "pl-row-pick", "aria-pressed": String(value === pick.shown), "data-key": pick.key, "data-value": value,
    }) : text);
    const body = rows.map(([name, ...cells], i) =>
      element("Tr", [heading(choice(name, pick?.rows[i]), "row"), ...cells.map((text) => element("Td", text))]));
    return element("Table", [
      element("Thead", element("Tr", head.map((name) => heading(name, "col")))), element("Tbody", body)]);
  }

  window.partnerlens = Object.assign(window.partnerlens ?? {}, { charts: { repaint } });
  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, { chart: { table } });
})();
