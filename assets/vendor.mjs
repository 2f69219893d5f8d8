/* Copies what the browser needs from node_modules into assets/vendor (never committed). */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const assets = dirname(fileURLToPath(import.meta.url));
const target = join(assets, "vendor");
const require = createRequire(import.meta.url);
const modules = join(assets, "..", "node_modules");

mkdirSync(target, { recursive: true });

const copies = {
  "plotly.js-basic-dist-min/plotly-basic.min.js": "plotly-basic.min.js",
  "axe-core/axe.min.js": "axe.min.js",
  "modern-screenshot/dist/index.js": "modern-screenshot.js",
};
for (const subset of ["latin", "latin-ext", "cyrillic", "cyrillic-ext"]) {
  const font = `inter-${subset}-wght-normal.woff2`;
  copies[`@fontsource-variable/inter/files/${font}`] = font;
}
for (const [source, name] of Object.entries(copies)) copyFileSync(join(modules, source), join(target, name));

// Plotly's locales are modules for bundlers; a page registers them before Plotly is there.
const locale = JSON.stringify(require("plotly.js-locales/uk"));
writeFileSync(join(target, "plotly-uk.js"), `(window.PlotlyLocales ??= []).push(${locale});\n`);

const { AG_GRID_LOCALE_UA } = require("@ag-grid-community/locale");
writeFileSync(join(target, "ag-grid-uk.js"), `window.AG_GRID_LOCALE = ${JSON.stringify(AG_GRID_LOCALE_UA)};\n`);

// dayjs locale files register themselves with a global dayjs, which Mantine does not expose.
const shim = "window.dayjs = window.dayjs || { locale() {} };\n";
for (const code of ["uk", "en-gb"]) {
  writeFileSync(join(target, `dayjs-${code}.js`), shim + readFileSync(join(modules, `dayjs/locale/${code}.js`)));
}
