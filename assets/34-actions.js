/* Actions: what the items of the Share menu do; other scripts add theirs by name. */
(() => {
  "use strict";
  const actions = { print: () => window.setTimeout(window.print) }; // once the menu is closed

  document.addEventListener("click", ({ target }) => {
    const name = target.closest?.("[data-action]")?.dataset.action;
    actions[name]?.();
  });

  window.partnerlens = Object.assign(window.partnerlens ?? {}, { actions });
})();
