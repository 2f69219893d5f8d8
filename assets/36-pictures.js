/* Pictures: a chart as a slide that says what it shows, of whom, and where its numbers come from. */
(() => {
  "use strict";

  const SLIDE = { width: 1280, height: 720 }; // an SVG of 16:9; its PNG is half as large again
  const SHARP = 1.5; // 1920 × 1080
  const ZOOM = 1.35; // of the chart against the one on screen: a slide is read from afar
  const DRAWS = 4;
  const MARGIN = 56;
  const XML = "http://www.w3.org/2000/svg";
  const FACES = "vendor/inter-"; // our own font, which a picture must bring along
  const { pictures: words } = JSON.parse(document.getElementById("choices").textContent).words;
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function shape(name, attributes, text) {
    const made = document.createElementNS(XML, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    if (text !== undefined) made.textContent = text; // never parsed: a customer may be called “<script>”
    return made;
  }

  /* ---- Text: lines that fit, the last of them cut where there are too many ---- */

  const pen = document.createElement("canvas").getContext("2d");
  function lines(text, look, room) {
    const found = broken(text, look, room);
    for (let width = room; found.length > 1 && width > room / 2; width -= 24) { // no word alone in the last line
      const even = broken(text, look, width - 24);
      if (even.length > found.length || even.at(-1).endsWith("…")) return broken(text, look, width);
    }
    return found;
  }

  function broken(text, { size, weight = 400, most }, width) {
    pen.font = `${weight} ${size}px ${token("--pl-font")}`;
    const fits = (line) => pen.measureText(line).width <= width;
    const found = [];
    for (const word of text.split(/\s+/).filter(Boolean)) {
      const longer = found.length ? `${found.at(-1)} ${word}` : word;
      if (found.length && fits(longer)) found[found.length - 1] = longer;
      else found.push(word);
    }
    const kept = found.slice(0, most).map((line) => {
      let cut = line;
      while (!fits(cut)) cut = `${cut.replace(/…$/, "").slice(0, -1)}…`;
      return cut;
    });
    if (found.length > most) kept.push(`${kept.pop().replace(/[\s.,;:…]*\S?$/, "")}…`);
    return kept;
  }

  /* Writes a paragraph from `y` down, and returns where the next begins. */
  function paragraph(svg, text, look, y, width = SLIDE.width - 2 * MARGIN) {
    const { size, weight = 400, color, high = 1.4 } = look;
    const shown = lines(text, look, width);
    shown.forEach((line, i) => svg.append(shape("text", {
      x: MARGIN, y: y + size + i * size * high, "font-size": size, "font-weight": weight, fill: token(color),
    }, line)));
    return y + shown.length * size * high;
  }

  /* ---- The slide ---- */

  const find = (part, section, name) => document.getElementById(JSON.stringify(name ? { name, part, section } : { part, section }));
  const plotOf = (name) => find("chart-figure", name)?.querySelector(".js-plotly-plot");

  /* Whoever is quick clicks before the chart has come. */
  const PATIENCE = 5000; // milliseconds
  async function arrived(name) {
    const end = performance.now() + PATIENCE;
    while (!plotOf(name)?.data?.length && performance.now() < end) await new Promise((done) => setTimeout(done, 50));
    return plotOf(name);
  }

  /* The chart as it is now, zoom and hidden series included, at a size of its own. */
  async function drawn(plot, { x, y, width, height, zoom }) {
    const own = { width: Math.round(width / zoom), height: Math.round(height / zoom) };
    const url = await window.Plotly.toImage(plot, { format: "svg", ...own });
    const text = decodeURIComponent(url.slice(url.indexOf(",") + 1));
    const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    const box = { x, y, width, height, viewBox: `0 0 ${own.width} ${own.height}` };
    Object.entries(box).forEach(([key, value]) => svg.setAttribute(key, value));
    return svg;
  }

  const TITLE = { size: 32, weight: 650, color: "--pl-text", most: 2, high: 1.2 };
  const FINDING = { size: 19, color: "--pl-text", most: 3 };
  const CAPTION = { size: 15, color: "--pl-text", most: 2 };
  const SMALL = { size: 13, color: "--pl-muted", most: 3 };

  /* Release and definitions, then who took the picture and when (C-21). */
  const receipt = (proof) => [proof, words.made.replace("{at}", () => new Date().toISOString().slice(0, 16).replace("T", " "))]
    .filter(Boolean).join(" · ");

  async function slide(name) {
    const plot = await arrived(name);
    const { definition = "", proof = "", file = name } = plot.layout.meta?.source ?? {};
    const text = (element) => element?.textContent.trim() ?? "";
    const { width, height } = SLIDE;
    const svg = shape("svg", { xmlns: XML, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": token("--pl-font") });
    svg.append(shape("rect", { width, height, fill: token("--pl-surface") }));
    const top = paragraph(svg, text(document.getElementById(`chart-title-${name}`)), TITLE, MARGIN - 8);
    const start = paragraph(svg, text(document.getElementById(`finding-${name}`)), FINDING, top + 6) + 20;
    const foot = [[text(find("slot", name, "chart-caption")), CAPTION], [definition, SMALL], [receipt(proof), SMALL]];
    const room = width - 2 * MARGIN;
    const tall = foot.reduce((sum, [told, look]) => sum + lines(told, look, room).length * look.size * 1.4 + 2, 0);
    const end = height - MARGIN / 2 - tall;
    svg.append(shape("line", { x1: MARGIN, x2: width - MARGIN, y1: end - 12, y2: end - 12, stroke: token("--pl-border") }));
    foot.reduce((y, [told, look]) => paragraph(svg, told, look, y) + 2, end);
    const chart = { x: MARGIN, y: start, width: room, height: end - 28 - start, zoom: ZOOM };
    svg.append(await drawn(plot, chart));
    return { svg, file };
  }

  /* ---- PNG: the same drawing with its font inside, since a picture loads nothing ---- */

  let faces;
  const asData = (blob) => new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
  async function face(rule) {
    const [, address] = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src"));
    const font = await fetch(new URL(address, rule.parentStyleSheet.href));
    return rule.cssText.replace(/url\([^)]*\)/, `url("${await asData(await font.blob())}")`);
  }
  function fonts() {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule instanceof CSSFontFaceRule && rule.cssText.includes(FACES));
    faces ??= Promise.all(rules.map(face)).then((all) => all.join("\n"));
    return faces;
  }

  async function png({ svg }) {
    svg.prepend(shape("style", {}, await fonts()));
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written(svg))}`; // from a blob HTML would taint the canvas
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [SLIDE.width * SHARP, SLIDE.height * SHARP];
    for (let n = 0; n < DRAWS; n += 1) { // the first one asks for the font, a later one has it
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      await new Promise((done) => setTimeout(done, 80));
    }
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  const written = (svg) => new XMLSerializer().serializeToString(svg);
  const asFile = (svg) => new Blob([written(svg)], { type: "image/svg+xml" });

  /* ---- Out of the app ---- */

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /* The clipboard takes a promise, so that the click still counts once the picture is drawn. */
  const copy = (picture) => navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);

  function say(sentence) {
    const told = document.getElementById("told");
    told.textContent = sentence;
    told.classList.add("shown");
    clearTimeout(say.timer);
    say.timer = setTimeout(() => told.classList.remove("shown"), 4000);
  }

  async function picture({ form, chart }) {
    try {
      const made = slide(chart);
      if (form === "copy") await copy(made.then(png));
      else {
        const { svg, file } = await made;
        save(form === "svg" ? asFile(svg) : await png({ svg }), `${file}.${form}`);
      }
      say(form === "copy" ? words.copied : words.saved);
    } catch (error) {
      console.warn(error);
      say(form === "copy" ? words.not_copied : words.not_drawn);
    }
  }

  /* The server computes the numbers anew; a request differs from the one before, or none is sent. */
  let asked = 0;
  const numbers = ({ form, chart }) => window.dash_clientside.set_props(
    { part: "export-request", section: chart }, { data: { format: form, path: window.location.pathname, clicks: (asked += 1) } },
  );

  /* A menu closes once it was used, when one looks elsewhere, and on Escape. */
  const menus = () => [...document.querySelectorAll(".pl-picture-menu[open]")];
  const shut = (menu) => { menu.open = false; };
  document.addEventListener("click", ({ target }) =>
    menus().filter((menu) => !menu.contains(target) || target.closest("[data-action]")).forEach(shut));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && menus().forEach((menu) => {
    shut(menu);
    menu.querySelector("summary").focus();
  }));

  Object.assign(window.partnerlens.actions, { picture, numbers });
  Object.assign(window.partnerlens, { pictures: { copy, drawn, plotOf, png, receipt, save, say } });
})();
