/* Runs before anything is drawn: the color scheme, so that nothing flashes, and our Plotly bundle. */
(() => {
  "use strict";
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("mantine-color-scheme-value") || "auto";
  } catch { /* storage is off: follow the system */ }
  const dark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");

  const plotly = document.querySelector("meta[name=plotly-script]");
  if (plotly) {
    // The renderer names its own 4.5 MB bundle here; ours has the chart types we draw.
    Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => plotly.content, set() {} });
  }
})();
