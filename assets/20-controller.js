/* The controller: keeps URL and controls in step, and puts answers where they belong. */
(() => {
  "use strict";
  const BRAND = document.title;
  const choices = JSON.parse(document.getElementById("choices").textContent);
  const { keys, prefix, words } = choices;
  const setProps = (id, props) => window.dash_clientside.set_props(id, props);
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  let gridLoading = null;

  /* A page at “/customers/*” is at every path that begins like it. */
  const above = (known, path) => Object.keys(known).find((one) => one.endsWith("/*") && path.startsWith(one.slice(0, -1)));
  const anywhere = (on) => new Proxy(on, { get: (known, path) => known[path] ?? known[above(known, path)] });
  keys.filter(({ on }) => on).forEach((key) => { key.on = anywhere(key.on); });

  /* 30 February is a date to the browser; only what is written back the same is one. */
  function isDate(text) {
    const day = new Date(text);
    return !Number.isNaN(day.valueOf()) && day.toISOString().slice(0, 10) === text;
  }

  /* The same tests as in dashboard/callbacks/keys.py; a key may heed those before it. */
  const lastWeek = ({ values }, { as_of: day }) => values.filter((week) => week < day).at(-1);
  const between = (first, last) => (new Date(last) - new Date(first)) / 864e5; // days
  const accepts = {
    choice: ({ values }, value) => values.includes(value),
    date: (_, value) => isDate(value),
    day: ({ first, default: last }, value) => isDate(value) && first <= value && value <= last,
    before: ({ first }, value, { as_of: day }) => isDate(value) && first <= value && value < day,
    week: (offer, value, view) => offer.values.includes(value) && value < view.as_of
      && between(value, lastWeek(offer, view)) <= offer.days,
    words: ({ longest }, value) => value.length <= longest,
    several: ({ values, separator, longest }, value) => value.length <= longest
      && value.split(separator).every((part) => part && (!values || values.includes(part))),
  };
  const isDefault = (offer, value, view) =>
    value === offer.default || (offer.kind === "week" && value === lastWeek(offer, view));

  /* Returns the filters a page can have of those wanted, and a sentence for each value that is none. */
  function check(path, wanted) {
    const view = {};
    const rejected = [];
    for (const { name, offer: general, on, notice: sentence } of keys) {
      const offer = general ?? on[path];
      const value = wanted(name);
      view[name] = offer?.default ?? "";
      if (!offer || value === null || isDefault(offer, value, view)) continue;
      if (accepts[offer.kind](offer, value, view)) view[name] = value;
      else rejected.push(sentence.replace("{value}", () => value));
    }
    return { view, rejected };
  }

  const offerOf = (name, path) => keys.filter((key) => key.name === name).map(({ offer, on }) => offer ?? on[path])[0];

  function read(path, search) {
    const asked = new URLSearchParams(search || "");
    const rest = ["q", "filter"].filter((key) => !offerOf(key, path)).map((key) => [key, asked.get(key)]);
    return { ...check(path, (name) => asked.get(name)), rest };
  }

  /* Writes what is not the default; `kept` tells which keys. */
  function write(view, rest = [], kept = () => true) {
    const search = new URLSearchParams();
    const here = pathOf(window.location.pathname);
    keys.filter(({ name, offer, on }) => view[name] && view[name] !== (offer ?? on[here])?.default)
      .filter(kept).forEach(({ name }) => search.set(name, view[name]));
    rest.filter(([, value]) => value).forEach(([key, value]) => search.set(key, value));
    const text = search.toString();
    return text ? `?${text}` : "";
  }

  const pathOf = (pathname) => (pathname || "/").slice(prefix.length).replace(/(.)\/$/, "$1") || "/";

  function notice(sentences) {
    return sentences.map((sentence) => ({
      namespace: "dash_html_components", type: "P", props: { children: sentence },
    }));
  }

  const hasGrid = (path) => choices.grids.some(
    (known) => (known.endsWith("/*") ? path.startsWith(known.slice(0, -1)) : path === known),
  );

  /* The grid's script is large: it comes with the first page that has a table, or when idle. */
  function gridReady(path) {
    const script = document.querySelector("meta[name=grid-script]")?.content;
    if (!script || window.dash_ag_grid || (path && !hasGrid(path))) return null;
    gridLoading ??= new Promise((done) => {
      const tag = document.createElement("script");
      tag.src = script;
      tag.onload = done;
      tag.onerror = done;
      document.head.append(tag);
    });
    return gridLoading;
  }
  window.addEventListener("load", () => setTimeout(gridReady, 4000));

  function sync(pathname, search, values, controls, links, before) {
    const context = window.dash_clientside.callback_context;
    const triggered = context.triggered.map(({ prop_id: id }) => id);
    const path = pathOf(pathname);
    const waiting = gridReady(path);
    const settle = () => settled(path, search, values, controls, links, before, triggered);
    return waiting ? waiting.then(settle) : settle();
  }

  function settled(path, search, values, controls, links, before, triggered) {
    const { no_update: keep } = window.dash_clientside;
    const fromUrl = !before || triggered.some((id) => id.startsWith("url."));
    const asked = read(path, search);
    const set = Object.fromEntries(controls.map(({ name }, i) => [name, values[i]]));
    const { view, rejected } = fromUrl ? asked : check(path, (name) => (name in set ? set[name] : asked.view[name]));
    if (fromUrl && view.release !== choices.release) return reopen(path, write(view, asked.rest), controls, links);
    const next = { path, ...view };
    const clean = write(view, asked.rest);
    const shared = write(view, [], ({ carried }) => carried);
    if (fromUrl) showFilters(asked.rest);
    const mended = fromUrl && clean !== (search || "");
    if (mended) setTimeout(() => replaceSearch(clean));
    return [
      same(next, before) ? keep : next,
      mended || clean === (search || "") ? keep : clean,
      controls.map(({ name }, i) => (values[i] === view[name] ? keep : view[name])),
      links.map((link) => prefix + link.path + shared),
      links.map((link) => (before?.path === path ? keep : path === link.path || path.startsWith(`${link.path}/`))),
      rejected.length ? notice(rejected) : (same(next, before) ? keep : []),
      before && before.path === path ? keep : false,
    ];
  }

  /* What can be chosen is what one release offers: another one, from a saved view or a step back, is another document. */
  function reopen(path, search, controls, links) {
    const { no_update: keep } = window.dash_clientside;
    window.location.assign(prefix + path + search);
    return [keep, keep, controls.map(() => keep), links.map(() => keep), links.map(() => keep), keep, keep];
  }

  /* A chart's point, a row of its table or a chip chooses the value of a key; the chosen one takes it back. */
  function pick(key, value) {
    const path = pathOf(window.location.pathname);
    const { view, rest } = read(path, window.location.search);
    const chosen = view[key] === value ? "" : value;
    const { view: next } = check(path, (name) => (name === key ? chosen : view[name]));
    setProps("url", { search: write(next, rest) });
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-key]");
    if (!button) return;
    const { key, value, each } = button.dataset;
    if (each === undefined) {
      button.closest(".pl-chips")?.focus(); // the chip goes, and the focus must be somewhere
      pick(key, value);
    } else {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true"); // the answer will say so, too
      pickEach(key, value);
    }
  });

  /* Adds a value to those of a key, or takes it away. */
  function pickEach(key, value) {
    const path = pathOf(window.location.pathname);
    const { separator } = offerOf(key, path);
    const chosen = read(path, window.location.search).view[key].split(separator).filter(Boolean);
    const others = chosen.filter((one) => one !== value);
    if (others.length === chosen.length) others.push(value);
    pick(key, others.join(separator));
  }

  /* Changes the URL without a step in the history; `Location` must hear of both, or it puts its own back. */
  function replaceSearch(search) {
    history.replaceState(history.state, "", window.location.pathname + search);
    setProps("url", { search, href: window.location.href });
  }

  /* ---- Search and column filters: in the URL, but no business of the server ---- */

  function showFilters(rest) {
    const { q, filter } = Object.fromEntries(rest);
    let model = null;
    try {
      model = JSON.parse(filter);
    } catch { /* a link somebody edited by hand */ }
    window.partnerlens?.grid?.apply({ q: q || "", filter: model });
  }

  window.addEventListener("partnerlens:filters", ({ detail: { q, filter } }) => {
    const { view } = read(pathOf(window.location.pathname), window.location.search);
    const search = write(view, [["q", q], ["filter", filter && JSON.stringify(filter)]]);
    replaceSearch(search);
  });

  /* ---- Answers ---- */

  let newest = null;

  function apply(parts) {
    newest = parts ?? [];
    put(newest);
    return window.dash_clientside.no_update;
  }

  /* Puts the values of an answer in their places, once the page that has these is drawn. */
  function put(parts) {
    const late = parts.filter(([id, props]) => {
      const filled = window.partnerlens.fill(id, props);
      if (filled === false) setProps(id, props);
      return filled === null;
    });
    if (late.length) requestAnimationFrame(() => parts === newest && put(newest = late));
    else arrive();
  }

  /* A new page has its own title, is seen from its top, and takes the focus a gone link had. */
  function arrive() {
    const heading = document.querySelector("h1")?.textContent;
    const title = heading ? `${heading} · ${BRAND}` : BRAND;
    if (document.title === title) return;
    const first = document.title === BRAND; // the document itself has just come: Tab begins at its top
    const place = window.location.hash && document.getElementById(window.location.hash.slice(1));
    if (place) place.scrollIntoView();
    else if (!first && !steppedBack) window.scrollTo(0, 0);
    document.title = title;
    steppedBack = false;
    if (!first && document.activeElement === document.body) document.getElementById("main").focus({ preventScroll: true });
  }
  let steppedBack = false;
  window.addEventListener("popstate", () => { steppedBack = true; });

  const unreachable = () => setProps("notice", { children: notice([words.unreachable]) });
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const isLook = String(request[0]?.url ?? request[0]).includes("_dash-update-component");
    try {
      const answer = await ask(...request);
      if (isLook && answer.status === 401) window.location.reload(); // signed out meanwhile: the gate knows where to
      else if (isLook && !answer.ok) unreachable();
      return answer;
    } catch (error) {
      if (isLook) unreachable();
      throw error;
    }
  };

  document.addEventListener("click", ({ target }) => {
    if (target.closest?.(".pl-dismiss")) setProps("notice", { children: [] });
  });

  window.partnerlens = Object.assign(window.partnerlens ?? {}, { pick });
  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, {
    controller: { sync, apply },
  });
})();
