"use strict";
// Keeps the playground fresh and answers presses in place. Without it every form still works.
(() => {
  const EVERY = 1000;
  const SOON = 150;
  const PARTS = ["banner", "content"];
  let version = null;
  let pending = 0;

  // --- changing the page in place: what is typed, focused, folded or scrolled stays ------------

  const sameAttributes = (old, fresh) => {
    for (const { name } of [...old.attributes]) {
      const own = name === "open" && old.matches("details");
      if (!fresh.hasAttribute(name) && !own) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      const own = name === "open" && old.matches("details");
      if (old.getAttribute(name) !== value && !own) old.setAttribute(name, value);
    }
  };

  // A choice that nobody has touched follows the page.
  const untouched = (select) => {
    const options = [...select.options];
    const usual = options.findIndex((one) => one.defaultSelected);
    return select.multiple
      ? options.every((one) => one.selected === one.defaultSelected)
      : select.selectedIndex === Math.max(usual, 0);
  };

  const become = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      old.nodeValue = fresh.nodeValue;
      return;
    }
    const follows = old.matches("select") && old !== document.activeElement && untouched(old);
    sameAttributes(old, fresh);
    if (!old.dataset.keep && !old.matches("textarea")) sameChildren(old, fresh);
    if (follows && !old.multiple) {
      old.selectedIndex = Math.max([...old.options].findIndex((one) => one.defaultSelected), 0);
    }
  };

  const alike = (old, fresh) =>
    old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id || "") === (fresh.id || "");

  const sameChildren = (old, fresh) => {
    const wanted = new Set([...fresh.children].map((one) => one.id).filter(Boolean));
    const known = new Map([...old.children].filter((one) => one.id).map((one) => [one.id, one]));
    let at = old.firstChild;
    for (const next of [...fresh.childNodes]) {
      while (at && at.id && !wanted.has(at.id)) {
        const gone = at;
        at = at.nextSibling;
        gone.remove();
      }
      const same = next.id ? known.get(next.id) : at && alike(at, next) ? at : null;
      if (!same) {
        old.insertBefore(document.adoptNode(next), at);
      } else if (same === at) {
        at = at.nextSibling;
        become(same, next);
      } else {
        old.insertBefore(same, at);
        become(same, next);
      }
    }
    while (at) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
  };

  const show = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const before = new Set([...document.querySelectorAll("dialog")].map((one) => one.id));
    for (const id of PARTS) {
      const [old, next] = [document.getElementById(id), fresh.getElementById(id)];
      if (old && next) become(old, next);
    }
    const opened = [...document.querySelectorAll("dialog")].find((one) => !before.has(one.id));
    if (opened) opened.querySelector("input:not([type=hidden]), textarea, select").focus();
  };

  // --- news ------------------------------------------------------------------------------------

  const offline = (is) => {
    const note = document.getElementById("offline");
    note.hidden = !is;
    note.textContent = is ? "The local Discord does not answer. Is make dev still running?" : "";
  };

  const choosing = () => document.activeElement && document.activeElement.matches("select");

  const refresh = async () => {
    if (document.hidden || pending || choosing()) return;
    const headers = version ? { "If-None-Match": version } : {};
    const response = await fetch(location.href, { headers, cache: "no-store" });
    offline(false);
    if (response.status !== 200 || pending || choosing()) return;
    const html = await response.text();
    if (pending || choosing()) return;
    version = response.headers.get("ETag");
    show(html);
  };

  const forever = async () => {
    await refresh().catch(() => offline(true));
    setTimeout(forever, EVERY);
  };

  // --- forms and links ---------------------------------------------------------------------------

  const visit = async (address, options) => {
    pending += 1;
    try {
      const response = await fetch(address, { cache: "no-store", ...options });
      const went = response.url !== location.href;
      history[went && !options.method ? "pushState" : "replaceState"](null, "", response.url);
      version = response.headers.get("ETag");
      show(await response.text());
      offline(false);
    } catch {
      offline(true);
    } finally {
      pending -= 1;
    }
  };

  const emptied = (form) => {
    for (const field of form.querySelectorAll("[name=content]:not(button)")) field.value = "";
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest("main, #banner") || new URL(form.action).origin !== location.origin) return;
    event.preventDefault();
    const button = event.submitter;
    const body = new URLSearchParams(new FormData(form, button));
    if (button) button.setAttribute("aria-busy", "true");
    const post = form.method === "post";
    if (post) emptied(form);
    await visit(post ? form.action : `${form.action}?${body}`, post ? { method: "POST", body } : {});
    if (button) button.removeAttribute("aria-busy");
  });

  // Another place of the same page comes without a flash; everything else is an ordinary link.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("main a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = new URL(link.href);
    if (link.target || to.origin !== location.origin || to.pathname !== location.pathname || to.hash) return;
    event.preventDefault();
    visit(link.href, {});
  });

  window.addEventListener("popstate", () => visit(location.href, {}));

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (event.target.id === "as" || (form && form.dataset.submit === "change")) form.requestSubmit();
  });

  // --- suggestions while typing ------------------------------------------------------------------

  let waiting = 0;

  const suggest = async (field) => {
    const list = document.getElementById(field.getAttribute("list"));
    const typed = new URLSearchParams(new FormData(field.form));
    if (field.dataset.option) typed.set("option", field.dataset.option);
    const response = await fetch(`${field.dataset.suggest}?${typed}`, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const options = [...fresh.querySelectorAll("option")].map((one) => document.adoptNode(one));
    if (options.length) list.replaceChildren(...options);
  };

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.dataset || !field.dataset.suggest) return;
    if (!field.dataset.option && !field.value.startsWith("/")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest(field).catch(() => offline(true)), SOON);
  });

  setTimeout(forever, EVERY);
})();
