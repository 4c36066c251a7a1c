// A living page looks again by itself, and leaves alone what somebody is writing or choosing in.
(function () {
  "use strict";
  const TYPED = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select";
  const TOAST_MS = 10000;
  const looksAgain = (event) => event.detail.requestConfig?.elt?.id === "again";
  let toastAt = Date.now();
  let polling = false;

  // The page's parts that are looked at again, by their ids.
  const parts = () => document.querySelector("[data-live]").dataset.live.split(" ");

  function changed(field) {
    if (!field.options) return field.value !== field.defaultValue;
    const first = Array.from(field.options).findIndex((one) => one.defaultSelected);
    return field.selectedIndex !== Math.max(first, 0);
  }

  // Forms that hold the caret, or a word or choice that is not sent yet.
  function inUse() {
    const fields = Array.from(document.querySelectorAll(`[data-live] :is(${TYPED})`));
    const active = document.activeElement;
    const used = fields.filter((one) => one === active || changed(one));
    return used.map((field) => field.form ?? field);
  }

  // The ids on the way from a form up to a part, the nearest first.
  function way(one, top) {
    const ids = [];
    for (let step = one; step !== top; step = step.parentElement)
      if (step.id) ids.push(step.id);
    return ids;
  }

  function twinOf(child, ids, fresh) {
    const has = (one) => ids.some((id) => one.id === id || one.querySelector(`#${CSS.escape(id)}`));
    const those = Array.from(fresh.children);
    return those.find((one) => child.id && one.id === child.id) ?? those.find(has);
  }

  // Replace everything in `old` but the way down to what is kept, whose elements never leave the page.
  function merge(old, fresh, kept) {
    const inside = kept.filter((one) => old.contains(one));
    if (!inside.length) {
      old.replaceWith(fresh);
      window.htmx.process(fresh);
      return;
    }
    if (inside.includes(old)) return;
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
    const staying = new Map();
    for (const child of Array.from(old.childNodes)) {
      const held = inside.filter((one) => child.contains(one));
      if (!held.length) child.remove();
      else staying.set(twinOf(child, held.flatMap((one) => way(one, old)), fresh), child);
    }
    let next = old.firstChild;
    for (const node of Array.from(fresh.childNodes)) {
      const same = staying.get(node);
      if (same) {
        next = same.nextSibling;
        merge(same, node, kept);
      } else {
        old.insertBefore(node, next);
        if (node.nodeType === Node.ELEMENT_NODE) window.htmx.process(node);
      }
    }
  }

  // A visitor's own clock beside ours, where it shows another hour.
  function ownTime() {
    const place = document.querySelector("[data-start]");
    if (!place) return;
    const start = new Date(place.dataset.start);
    if (-start.getTimezoneOffset() === Number(place.dataset.offset)) return;
    const look = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
    const written = new Intl.DateTimeFormat(document.documentElement.lang, look).format(start);
    place.querySelector(".own-time").textContent = written;
    place.hidden = false;
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    polling = looksAgain(event);
    const kept = polling && event.detail.xhr.status === 200 ? inUse() : [];
    if (!kept.length) return;
    event.detail.shouldSwap = false;
    const page = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
    for (const id of parts()) {
      const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
      if (old && fresh) merge(old, document.adoptNode(fresh), kept);
    }
    document.dispatchEvent(new Event("slomix:merged"));
  });
  document.addEventListener("htmx:afterSwap", ownTime);
  document.addEventListener("slomix:merged", ownTime);

  // What one's own press was answered with may be read, and undone, although others go on.
  document.addEventListener("htmx:oobBeforeSwap", function (event) {
    if (event.detail.target.id !== "toast") return;
    const nothing = !event.detail.fragment.textContent.trim();
    if (polling && nothing && Date.now() - toastAt < TOAST_MS) event.detail.shouldSwap = false;
    else toastAt = Date.now();
  });

  // A button that is gone after its press (undo, clear) leaves the focus on that evening's answers.
  let pressed = "";
  document.addEventListener("htmx:beforeRequest", function (event) {
    const action = event.detail.elt.getAttribute("action") ?? "";
    pressed = action.match(/^\/evenings\/([0-9-]+)\//)?.[1] ?? "";
  });
  document.addEventListener("htmx:afterSettle", function () {
    if (!pressed || document.activeElement !== document.body) return;
    const forms = `form[action="/evenings/${pressed}/"].answers, form[action="/evenings/${pressed}/next/"]`;
    const form = document.querySelector(forms);
    const chosen = form?.querySelector("[aria-pressed=true]") ?? form?.querySelector("button");
    chosen?.focus({ preventScroll: true });
    pressed = "";
  });

  // Whoever comes back to the page sees at once what happened meanwhile.
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) document.getElementById("again")?.dispatchEvent(new Event("back"));
  });

  ownTime();
})();
