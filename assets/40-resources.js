/* Resources: narrows the list to what somebody looks for; the list is short and already here. */
(() => {
  "use strict";
  const list = () => document.querySelector(".pl-resources");

  /* Returns whether anything is left, which is what the sentence below the list hangs on. */
  function narrow(search, kind, topic) {
    const words = (search ?? "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const item of list()?.children ?? []) {
      const { words: text, kind: itsKind, topic: itsTopic } = item.dataset;
      const fits = words.every((word) => text.includes(word))
        && (!kind || kind === itsKind) && (!topic || topic === itsTopic);
      item.hidden = !fits;
      left += fits;
    }
    return left > 0;
  }

  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, { resources: { narrow } });
})();
