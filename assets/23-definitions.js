/* Definitions: cards that say what a number means, on hover and on keyboard focus alike. */
(() => {
  "use strict";

  /* A definition opens below its button, moved sideways to where all of it can be read. */
  function place({ target }) {
    const card = target.closest?.(".pl-defined")?.querySelector(".pl-definition");
    if (!card) return;
    card.style.translate = "";
    const { left, right } = card.getBoundingClientRect();
    const room = document.getElementById("main").getBoundingClientRect();
    card.style.translate = `${Math.max(room.left - left, 0) || Math.min(room.right - right, 0)}px`;
  }
  document.addEventListener("pointerover", place);
  document.addEventListener("focusin", place);

  /* Escape hides a definition until the pointer or the focus comes again. */
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    document.querySelectorAll(".pl-defined:hover, .pl-defined:focus-within")
      .forEach((defined) => defined.classList.add("dismissed"));
  });
  for (const event of ["pointerout", "focusout"]) {
    document.addEventListener(event, ({ target }) => target.closest?.(".pl-defined")?.classList.remove("dismissed"));
  }
})();
