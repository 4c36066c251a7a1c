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

  // What somebody opened stays open, and who stood on the line stands there still.
  let opened = [];
  let standing = new Set();
  document.addEventListener("htmx:beforeSwap", function () {
    opened = Array.from(document.querySelectorAll("details[open][id]"), (fold) => fold.id);
    standing = new Set(Array.from(document.querySelectorAll(".place[id]"), (place) => place.id));
  });
  document.addEventListener("htmx:afterSwap", function () {
    const said = document.getElementById("muster-title");
    if (said) document.title = said.textContent + " · Slomix";
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    for (const place of document.querySelectorAll(".place[id]"))
      if (standing.has(place.id)) place.classList.add("still");
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
