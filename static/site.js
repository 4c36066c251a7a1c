// The pages work without this file. It only keeps the refreshing from being a nuisance.
(function () {
  "use strict";
  document.documentElement.classList.add("live");
  const offline = () => document.getElementById("offline");

  function isPoll(event) {
    const cause = event.detail.requestConfig.triggeringEvent;
    return cause === undefined || cause.type === "back";
  }

  // Living pages leave alone what is being written (live.js); others wait until it is done.
  function inUse() {
    if (document.querySelector("[data-live]")) return false;
    const active = document.activeElement;
    return active !== null && active.matches("input, select, textarea") && active.closest("main");
  }

  // A page that nobody sees is not refreshed; one that may ring listens now and then.
  let unseen = 0;
  function rests() {
    if (!document.hidden) return false;
    unseen += 1;
    return !document.documentElement.classList.contains("may-ring") || unseen % 10 > 0;
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (isPoll(event) && (rests() || inUse())) event.preventDefault();
  });

  // What somebody opened stays open, and who stood on the line stands there still.
  let opened = [];
  let standing = new Set();
  document.addEventListener("htmx:beforeSwap", function () {
    opened = Array.from(document.querySelectorAll("details[open][id]"), (fold) => fold.id);
    standing = new Set(Array.from(document.querySelectorAll(".place[id]"), (place) => place.id));
  });
  function settle() {
    const said = document.getElementById("muster-title");
    if (said) document.title = said.textContent + " · Slomix";
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    for (const place of document.querySelectorAll(".place[id]"))
      if (standing.has(place.id)) place.classList.add("still");
  }
  document.addEventListener("htmx:afterSwap", settle);

  // A toast goes away once it could be read, unless somebody is about to press something on it.
  const READ_MS = 12000;
  function fade(toast) {
    if (toast.matches(":hover, :focus-within")) setTimeout(fade, READ_MS, toast);
    else toast.remove();
  }
  function watch() {
    for (const toast of document.querySelectorAll(".toasts > .toast:not([data-seen])")) {
      toast.dataset.seen = "";
      setTimeout(fade, READ_MS, toast);
    }
  }
  document.addEventListener("htmx:afterSettle", watch);
  watch();
  document.addEventListener("slomix:merged", settle);

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
