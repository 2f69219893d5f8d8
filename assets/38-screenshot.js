/* Screenshot mode: the page as one slide of 16:9, without chrome, with what explains it below. */
(() => {
  "use strict";

  const WIDE = 1280; // the slide is laid out at this width, shown as large as fits
  const ROWS = 20; // more never fit
  const { prefix, words: { pictures: words } } = JSON.parse(document.getElementById("choices").textContent);
  const { pictures, tables } = window.partnerlens;
  const root = document.documentElement;

  function make(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /* A copy that nobody can click or reach: what was a link is a word, what was a button is gone. */
  function still(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("button, .pl-defined, .pl-caption, .pl-hidden").forEach((one) => one.remove());
    copy.querySelectorAll("a").forEach((link) => link.replaceWith(make("span", "", ...link.childNodes)));
    [copy, ...copy.querySelectorAll("[id]")].forEach((one) => one.removeAttribute("id"));
    return copy;
  }

  const page = () => document.querySelector("#page .pl-page");
  const seen = (selector) => [...page().querySelectorAll(selector)].find((one) => one.getClientRects().length);
  const textOf = (element) => element?.textContent.trim() ?? "";

  const sourceOf = () => [...page().querySelectorAll(".pl-source > span")].map(textOf);

  /* ---- What is on the slide: title, numbers, then the first chart or its pair, else the first table ---- */

  function numbers() {
    const found = seen(".pl-kpis, .pl-customer-head .pl-facts");
    return found ? [still(found)] : [];
  }

  /* What a chart says of itself beyond what the foot says anyway: a choice of its own, or a rule. */
  function chart(card) {
    const plot = pictures.plotOf(JSON.parse(card.querySelector("[id*='chart-figure']").id).section);
    const [said, told] = [textOf(card.querySelector(".pl-caption")), sourceOf()[0] ?? ""];
    const own = said.startsWith(told) ? "" : said;
    const rules = [plot.layout.meta?.source?.definition, own ? "" : said.slice(told.length).replace(/^ · /, "")];
    const area = make("div", "pl-slide-plot");
    const texts = [["h2", "", "h2"], ["p", "", ".pl-finding"]].map(([tag, look, from]) => make(tag, look, textOf(card.querySelector(from))));
    const figure = make("figure", "", ...texts, area, make("p", "pl-slide-own", own));
    return { figure, rules, draw: async () => {
      const { clientWidth: width, clientHeight: height } = area;
      area.append(await pictures.drawn(plot, { x: 0, y: 0, width, height, zoom: 1.1 }));
    } };
  }

  function charts() {
    const first = seen(".pl-chart-card");
    if (!first) return [];
    return (first.parentElement.matches(".pl-pair") ? [...first.parentElement.children].slice(0, 2) : [first]).map(chart);
  }

  /* As many rows as there is room for, and how many more there are. */
  function table() {
    const card = seen(".pl-table");
    const drawn = card && tables.plain(card, ROWS);
    if (!drawn) return null;
    const rest = make("p", "pl-rest");
    const place = make("div", "pl-slide-table pl-table", drawn.box, rest);
    const title = textOf(card.querySelector("h2"));
    if (title) place.prepend(make("h2", "", title));
    return { place, fit: () => {
      const rows = [...place.querySelectorAll("tbody tr")];
      const more = (n) => { rest.textContent = n > 0 ? tables.moreRows(n) : ""; };
      more(drawn.all - rows.length);
      while (rows.length > 1 && place.scrollHeight > place.clientHeight) {
        rows.pop().remove();
        more(drawn.all - rows.length);
      }
      place.querySelectorAll("a").forEach((link) => link.removeAttribute("href"));
    } };
  }

  function foot(shown) {
    const [told, proof] = sourceOf();
    const said = shown.length ? [] : [...page().querySelectorAll(".pl-table")].flatMap(tables.narrowed);
    const meanings = [textOf(seen("#page > .pl-page > section > .pl-meaning, #page > .pl-page > .pl-heading .pl-meaning")), ...shown.flatMap(({ rules }) => rules)];
    return make("footer", "",
      make("p", "", [told ?? "", ...said].filter(Boolean).join(" · ")),
      make("p", "pl-slide-meaning", [...new Set(meanings)].filter(Boolean).join(" ")),
      make("p", "", `${pictures.receipt(proof)} · Partnerlens`));
  }

  async function compose(slide) {
    const shown = charts();
    const rows = shown.length ? null : table();
    const body = make("div", "pl-slide-body", ...(rows ? [rows.place] : shown.map(({ figure }) => figure)));
    if (!rows && !shown.length) {
      body.classList.add("whole");
      body.append(...[...page().children].filter((one) => !one.matches("h1, .pl-source")).map(still));
    }
    const head = make("header", "", make("h1", "", textOf(document.querySelector("#page h1"))));
    slide.replaceChildren(head, ...numbers(), body, foot(shown));
    await Promise.all(shown.map(({ draw }) => draw()));
    rows?.fit();
  }

  /* ---- The mode: a dialog, which keeps the focus, hears Escape and gives the focus back ---- */

  const button = (label, onclick) => Object.assign(make("button", "", label), { type: "button", onclick });
  let library;

  function load() {
    const address = document.querySelector("meta[name=picture-script]")?.content;
    library ??= address && new Promise((done, failed) => {
      document.head.append(Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed }));
    });
    return library;
  }

  async function photograph(slide) {
    await load();
    const size = { width: WIDE, height: (WIDE * 9) / 16 };
    const style = { position: "static", scale: "none", translate: "none" };
    const svg = await window.modernScreenshot.domToForeignObjectSvg(slide, { ...size, style, font: false });
    svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    return pictures.png({ svg });
  }

  function fileName() {
    const path = window.location.pathname.slice(prefix.length).split("/").filter(Boolean).join("_");
    return `partnerlens_${path || "overview"}.png`.replace(/[^\w.-]+/g, "-");
  }

  function tools(slide, told) {
    const say = (sentence) => { told.textContent = sentence; };
    const attempt = (work, done, failed) => async () => {
      say("");
      await work().then(() => say(done), (error) => { console.warn(error); say(failed); });
    };
    const copy = attempt(() => pictures.copy(photograph(slide)), words.copied, words.not_copied);
    const save = attempt(async () => pictures.save(await photograph(slide), fileName()), words.saved, words.not_drawn);
    if (load()) return [button(words.copy, copy), button(words.png, save)];
    return [make("span", "", words.no_library)];
  }

  function schemes(slide) {
    return ["light", "dark"].map((scheme) => {
      const one = button(words[scheme], () => {
        root.dataset.mantineColorScheme = scheme;
        window.partnerlens.charts.repaint();
        [...one.parentElement.children].forEach((other) => other.setAttribute("aria-pressed", other === one));
        compose(slide);
      });
      one.setAttribute("aria-pressed", root.dataset.mantineColorScheme === scheme);
      return one;
    });
  }

  let open = null;
  async function screenshot() {
    if (open || !page()) return;
    const before = root.dataset.mantineColorScheme;
    const slide = make("div", "pl-slide");
    const told = Object.assign(make("span", "pl-shot-told"), { role: "status" });
    const group = make("span", "pl-shot-schemes", ...schemes(slide));
    const bar = make("div", "pl-shot-bar", group, ...tools(slide, told), told, button(words.close, () => open.close()));
    open = make("dialog", "pl-shot", bar, make("div", "pl-shot-room", slide));
    open.setAttribute("aria-label", words.screenshot);
    group.nextElementSibling.autofocus = true; // what one came for
    document.body.append(open);
    const fit = () => {
      const { clientWidth, clientHeight } = slide.parentElement;
      slide.style.scale = Math.min(clientWidth / WIDE, clientHeight / ((WIDE * 9) / 16));
    };
    window.addEventListener("resize", fit);
    open.addEventListener("close", () => {
      window.removeEventListener("resize", fit);
      open.remove();
      open = null;
      root.dataset.mantineColorScheme = before;
    });
    open.showModal();
    fit();
    await compose(slide);
  }

  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable], .ag-root, [role=menu], [role=listbox]");
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (open) open.close();
    else if (!event.defaultPrevented && !typing(event.target)) screenshot();
  });

  Object.assign(window.partnerlens.actions, { screenshot: () => setTimeout(screenshot, 200) }); // once the menu is closed
})();
