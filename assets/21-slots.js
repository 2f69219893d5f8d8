/* Slots: puts the plain HTML of an answer into the page itself.
 *
 * Every component Dash renders listens to every change of its store, so a few hundred new ones
 * cost a few hundred times that much per toggle. A slot of the shell has no children of React's
 * own, hence its content is ours to write: text nodes and known attributes, nothing parsed.
 */
(() => {
  "use strict";
  const TAGS = new Set([
    "A", "B", "Button", "Dd", "Div", "Dl", "Dt", "H1", "H2", "H3", "I", "Li", "Ol", "P", "Section", "Small", "Span", "Strong",
    "Table", "Tbody", "Td", "Th", "Thead", "Tr", "Ul",
  ]);
  const ATTRIBUTES = { className: "class", id: "id", role: "role", scope: "scope", tabIndex: "tabindex", title: "title" };
  const OURS = /^\/(?![/\\])/;
  const AWAY = { target: "_blank", rel: "noopener noreferrer" }; // a place outside is never told where we are
  const isPlain = (node) => typeof node !== "object" || node === null
    || (Array.isArray(node) ? node.every(isPlain) : TAGS.has(node.type) && isPlain(node.props.children ?? null));

  function build(node) {
    if (node === null || node === undefined) return [];
    if (Array.isArray(node)) return node.flatMap(build);
    if (typeof node !== "object") return [document.createTextNode(node)];
    const { children, style, href, ...attributes } = node.props;
    const element = document.createElement(node.type);
    for (const [name, value] of Object.entries(attributes)) {
      const known = ATTRIBUTES[name] ?? (/^(aria|data)-/.test(name) && name);
      if (known) element.setAttribute(known, value);
    }
    for (const [name, value] of Object.entries(style ?? {})) element.style.setProperty(name, value);
      if (OURS.test(href ?? "")) element.setAttribute("href", href);
      if (/^(https:\/\/|mailto:)/i.test(href ?? "")) Object.entries({ href, ...AWAY }).forEach((pair) => element.setAttribute(...pair));
    element.append(...build(children));
    return [element];
  }

  const find = (id) => document.getElementById(JSON.stringify(id, Object.keys(id).sort()));

  /* Fills a slot; false where that is Dash's business, null while the slot is not there yet. */
  function fill(id, props) {
    if (id.part !== "slot" || !isPlain(props.children)) return false;
    const slot = find(id);
    if (!slot) return null;
    const { key, value } = slot.contains(document.activeElement) ? document.activeElement.dataset : {};
    slot.replaceChildren(...build(props.children));
    if (key) [...slot.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === key && dataset.value === value)?.focus();
    return true;
  }

  /* A link within the app changes the URL, which is all a page depends on. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.pl-inside");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.dash_clientside.set_props("url", { pathname: link.pathname, search: link.search, hash: link.hash });
  });

  window.partnerlens = Object.assign(window.partnerlens ?? {}, { fill });
})();
