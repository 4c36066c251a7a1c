// The room works without this file: it only lets the mouse and the arrow keys press its buttons.
(function () {
  "use strict";
  let dragged = null;

  // Whoever may be moved can be taken, too.
  function arm() {
    for (const one of document.querySelectorAll("[data-who]")) one.draggable = true;
  }

  // The button that moves somebody to a side; outside the teams the one that takes them out.
  function buttonFor(person, place) {
    const side = place.dataset.side ?? "";
    return person.querySelector(`button[name=move][value$=":${side}"]`);
  }
  const placeOf = (event) => event.target.closest?.("[data-side], #free") ?? null;

  document.addEventListener("dragstart", function (event) {
    dragged = event.target.closest?.("[data-who]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragover", function (event) {
    const place = dragged && placeOf(event);
    if (!place || place.contains(dragged)) return;
    event.preventDefault();
    place.classList.add("over");
  });
  document.addEventListener("dragleave", function (event) {
    const place = placeOf(event);
    if (place && !place.contains(event.relatedTarget)) place.classList.remove("over");
  });
  document.addEventListener("drop", function (event) {
    const place = dragged && placeOf(event);
    if (!place) return;
    event.preventDefault();
    if (!place.contains(dragged)) buttonFor(dragged, place)?.click();
  });
  document.addEventListener("dragend", function () {
    dragged = null;
    for (const one of document.querySelectorAll(".dragged, .over"))
      one.classList.remove("dragged", "over");
  });

  // What is under the hand is not taken away by looking again.
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (dragged && event.detail.elt.id === "again") event.preventDefault();
  });
  document.addEventListener("htmx:afterSettle", arm);
  // A captain who reads elsewhere sees on the tab whose turn it is.
  document.addEventListener("htmx:afterSettle", function () {
    const said = document.querySelector("#turn-title, #done-title");
    if (said) document.title = said.textContent + " · Slomix";
  });
  document.addEventListener("slomix:merged", arm);
  arm();

  // Among those who can be picked the arrows go from name to name, row by row.
  const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
  function rowLength(all) {
    const next = all.findIndex((one) => one.offsetTop > all[0].offsetTop);
    return next < 0 ? all.length : next;
  }
  document.addEventListener("keydown", function (event) {
    const here = event.target.closest?.(".pool .pick");
    if (!here) return;
    const all = Array.from(here.parentElement.querySelectorAll(".pick:not(:disabled)"));
    const row = rowLength(all);
    const step = STEPS[event.key] ?? { ArrowDown: row, ArrowUp: -row }[event.key];
    const next = step && all[all.indexOf(here) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
})();
