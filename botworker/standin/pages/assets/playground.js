"use strict";
// Keeps the playground fresh and answers presses in place. Without it every form still works.
(() => {
  const EVERY = 1500;
  let pending = 0;

  const main = () => document.querySelector("main");

  const typing = () => {
    // An empty field may be replaced: its focus comes back, and nothing is lost.
    if (document.activeElement && document.activeElement.matches("select")) return true;
    return [...document.querySelectorAll("main input:not([type=hidden])")].some((one) => one.value);
  };

  const show = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    if (!fresh) return;
    const focused = document.activeElement && document.activeElement.id;
    const lanes = document.getElementById("lanes");
    const left = lanes ? lanes.scrollLeft : 0;
    main().replaceWith(document.adoptNode(fresh));
    const again = document.getElementById("lanes");
    if (again) again.scrollLeft = left;
    const same = focused && document.getElementById(focused);
    if (same) same.focus({ preventScroll: true });
  };

  const refresh = async () => {
    if (document.hidden || pending || typing()) return;
    const version = await (await fetch("/play/version")).text();
    if (version === main().dataset.version || pending || typing()) return;
    const page = await (await fetch(location.href)).text();
    if (!pending && !typing()) show(page);
  };

  const send = async (form, button) => {
    const body = new URLSearchParams(new FormData(form, button));
    const response = await fetch(form.action, { method: "POST", body });
    history.replaceState(null, "", response.url);
    show(await response.text());
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest("main") || form.method !== "post") return;
    event.preventDefault();
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    pending += 1;
    try {
      await send(form, event.submitter);
    } catch {
      location.reload();
    } finally {
      pending -= 1;
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "as") event.target.form.requestSubmit();
  });

  setInterval(() => refresh().catch(() => {}), EVERY);
})();
