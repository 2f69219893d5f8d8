/* Preferences: the language, light or dark, and the navigation that folds on a phone. */
(() => {
  "use strict";
  const setProps = (id, props) => window.dash_clientside.set_props(id, props);

  function speak(code) {
    if (!code || code === document.documentElement.lang) return;
    document.cookie = `language=${code};path=/;max-age=31536000;SameSite=Lax`;
    window.location.reload();
  }

  const KEPT = "mantine-color-scheme-value"; // Mantine's own name for it
  const system = matchMedia("(prefers-color-scheme: dark)");

  function kept() {
    try {
      return localStorage.getItem(KEPT) || "auto";
    } catch {
      return "auto";
    }
  }

  function paint(chosen) {
    if (chosen) {
      try {
        localStorage.setItem(KEPT, chosen);
      } catch { /* storage is off: the theme lasts until the page goes */ }
    }
    const scheme = (chosen || kept()) === "auto" ? (system.matches ? "dark" : "light") : chosen || kept();
    document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
  }
  system.addEventListener("change", () => paint());
  document.addEventListener("DOMContentLoaded", () => {
    const timer = setInterval(() => {
      if (!document.getElementById("scheme")) return;
      clearInterval(timer);
      setProps("scheme", { value: kept() });
    }, 50);
  });

  const fold = (opened, navbar) => ({ ...navbar, collapsed: { mobile: !opened } });

  document.addEventListener("click", ({ target }) => {
    if (target.closest?.(".pl-nav a")) setProps("burger", { opened: false });
  });

  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, { preferences: { speak, paint, fold } });
})();
