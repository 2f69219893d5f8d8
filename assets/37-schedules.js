/* Schedules: what only the browser knows of one that is wanted: the page on screen, the time zone. */
(() => {
  "use strict";
  const choices = JSON.parse(document.getElementById("choices").textContent);
  const HIDDEN = { display: "none" };
  const none = () => window.dash_clientside.no_update;
  const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

  /* `clicks` makes each wish another one, so that the same dialog opens twice. */
  const view = (clicks, shown, search) =>
    (clicks && shown ? { kind: "view", path: shown.path, search: search ?? "", zone: zone(), clicks } : none());
  const report = (clicks, template, region, form) =>
    (clicks ? { kind: "report", template, region, form, zone: zone(), clicks } : none());
  const offer = (shown) => (choices.schedules.includes(shown?.path) ? {} : HIDDEN);
  const fields = (every) => [every === "weekly" ? {} : HIDDEN, every === "monthly" ? {} : HIDDEN];

  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, {
    schedules: { view, report, offer, fields },
  });
})();
