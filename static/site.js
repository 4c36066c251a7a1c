// The pages work without this file. It only keeps the refreshing from being a nuisance.
(function () {
  "use strict";
  document.documentElement.classList.add("live");
  const offline = () => document.getElementById("offline");
  const isPoll = (event) => event.detail.requestConfig.triggeringEvent === undefined;

  function inUse() {
    const active = document.activeElement;
    return active !== null && active.matches("input, select, textarea") && active.closest("main");
  }

  // A page that nobody sees, or somebody is writing on, is not refreshed under their hands.
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (isPoll(event) && (document.hidden || inUse())) event.preventDefault();
  });

  // A press that did not reach us must not look as if it had.
  document.addEventListener("htmx:sendError", function (event) {
    if (!isPoll(event)) offline().hidden = false;
  });
  document.addEventListener("htmx:responseError", function (event) {
    if (!isPoll(event)) offline().hidden = false;
  });
  document.addEventListener("htmx:afterOnLoad", function (event) {
    if (event.detail.successful) offline().hidden = true;
  });
})();
