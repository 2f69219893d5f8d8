/* Actions: what the items of the Share menu do; other scripts add theirs by name. */
(() => {
  "use strict";
  const actions = {};

  document.addEventListener("click", ({ target }) => {
    const item = target.closest?.("[data-action]");
    actions[item?.dataset.action]?.(item.dataset);
  });

  window.partnerlens = Object.assign(window.partnerlens ?? {}, { actions });
})();
