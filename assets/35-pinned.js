/* Pinned: copies a link to exactly these numbers, and goes back to the newest from one. */
(() => {
  "use strict";
  const { words } = JSON.parse(document.getElementById("choices").textContent);
  const say = (sentence) => window.dash_clientside.set_props("notice", {
    children: [{ namespace: "dash_html_components", type: "P", props: { children: sentence } }],
  });

  /* What is on screen says of itself which release it is of: the newest may be another by now. */
  function address() {
    const { release, asOf } = document.querySelector(".pl-stamp [data-release]")?.dataset ?? {};
    if (!release) return null;
    const url = new URL(window.location.href);
    url.searchParams.set("release", release);
    if (asOf) url.searchParams.set("as_of", asOf);
    return url.href;
  }

  async function pin() {
    const url = address();
    if (!url) return say(words.unpinnable);
    try {
      await navigator.clipboard.writeText(url);
      return say(words.pinned);
    } catch { // not allowed, or no https: whoever reads it copies it by hand
      return say(`${words.copy} ${url}`);
    }
  }

  /* The document offers the dates of its release, hence another one needs another document. */
  function unpin() {
    const url = new URL(window.location.href);
    ["release", "as_of"].forEach((key) => url.searchParams.delete(key));
    window.location.assign(url);
  }

  Object.assign(window.partnerlens.actions, { pin, unpin });
})();
