/* Print: the page on A4 landscape: always light, tables with their rows, and its source on each sheet.
 *
 * The browser takes the page as it is once this has returned, so that everything is drawn at once.
 * Rows that are not here yet come before it is asked to print; its own menu prints those there are.
 */
(() => {
  "use strict";

  const ROWS = 1000; // of a table; a file holds the rest
  const PATIENCE = 15_000; // milliseconds that rows may take
  const CHART = 270; // pixels high
  const { pictures: words } = JSON.parse(document.getElementById("choices").textContent).words;
  const root = document.documentElement;
  const { charts, tables } = window.partnerlens;
  let undo = [];

  /* A text as CSS spells it: a customer's name may end neither the string nor the rule. */
  const spelled = (text) => `"${text.replace(/[^\p{L}\p{N} ]/gu, (sign) => `\\${sign.codePointAt(0).toString(16)} `)}"`;

  function margins() {
    const page = document.querySelector("#page .pl-page");
    const said = [...page.querySelectorAll(".pl-table")].flatMap(tables.narrowed);
    const [told = "", proof = ""] = [...page.querySelectorAll(".pl-source > span")].map((one) => one.textContent);
    const title = document.querySelector("#page h1")?.textContent ?? "";
    const place = words.page.split(/(\{n\}|\{all\})/).map((part) =>
      ({ "{n}": "counter(page)", "{all}": "counter(pages)" })[part] ?? spelled(part)).join(" ");
    const look = `font: 8pt ${getComputedStyle(root).getPropertyValue("--pl-font")}; color: #59616f; vertical-align: top;`;
    return `@page {
      @top-left { content: ${spelled(`Partnerlens · ${title}`)}; ${look} vertical-align: bottom; padding-bottom: 3mm; width: 50%; text-align: left; }
      @top-right { content: ${place}; ${look} vertical-align: bottom; padding-bottom: 3mm; }
      @bottom-left { content: ${spelled([told, ...said].filter(Boolean).join(" · "))}; ${look} padding-top: 3mm; width: 65%; text-align: left; }
      @bottom-right { content: ${spelled(proof)}; ${look} padding-top: 3mm; width: 35%; text-align: right; }
    }`;
  }

  function plain(card) {
    const drawn = tables.plain(card, ROWS);
    if (!drawn) return;
    const rest = document.createElement("p");
    rest.className = "pl-rest";
    if (drawn.all > drawn.shown) rest.textContent = tables.moreRows(drawn.all - drawn.shown);
    drawn.box.append(rest);
    undo.push(drawn.undone);
  }

  function prepare() {
    if (undo.length || !document.querySelector("#page .pl-page")) return;
    const before = root.dataset.mantineColorScheme;
    const style = document.createElement("style");
    style.textContent = margins();
    document.head.append(style);
    root.dataset.mantineColorScheme = "light";
    root.classList.add("printing");
    undo = [() => style.remove(), () => {
      root.dataset.mantineColorScheme = before;
      root.classList.remove("printing");
      charts.repaint();
    }];
    document.querySelectorAll("#page .pl-table").forEach(plain);
    charts.repaint((chart) => ({ width: chart.closest(".pl-card").clientWidth - 32, height: CHART, autosize: false }));
  }

  function restore() {
    undo.forEach((step) => step());
    undo = [];
  }

  let waiting = false;
  async function print() {
    if (waiting) return;
    waiting = true;
    await Promise.all([...document.querySelectorAll("#page .pl-table")].map((card) => tables.load(card, ROWS, PATIENCE)));
    waiting = false;
    window.print();
  }

  /* The keys that print do what the item of the Share menu does. */
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (key.toLowerCase() !== "p" || !(ctrlKey || metaKey) || shiftKey || altKey) return;
    event.preventDefault();
    print();
  });

  window.partnerlens.actions.print = () => window.setTimeout(print); // once the menu is closed
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", restore);
})();
