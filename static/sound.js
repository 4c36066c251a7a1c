// The get-ready sound: once for each thing that happens, in one tab, and never out of the blue.
(function () {
  "use strict";
  const STORE = "slomix.rung";
  const NOTES = [523.25, 659.25, 783.99];
  const REMEMBERED = 20;
  let context = null;
  let memory = { last: 0, rung: [] };
  const part = () => document.querySelector("#evening[data-happened]");
  const happened = () => part()?.dataset.happened.split(" ").filter(Boolean) ?? [];
  const audible = () => context !== null && context.state === "running";
  // What had happened before the page was opened, or before one said yes, can be read on it.
  const known = new Set();
  let concerned = false;

  // A browser may keep nothing for us; then every tab remembers for itself.
  function read() {
    try {
      return JSON.parse(localStorage.getItem(STORE)) ?? memory;
    } catch {
      return memory;
    }
  }

  function write(state) {
    memory = state;
    try {
      localStorage.setItem(STORE, JSON.stringify(state));
    } catch {
      memory = state;
    }
  }

  function note(number, pitch) {
    const [tone, loudness] = [context.createOscillator(), context.createGain()];
    const at = context.currentTime + number * 0.18;
    tone.type = "triangle";
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.0001, at);
    loudness.gain.exponentialRampToValueAtTime(0.3, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.45);
    tone.connect(loudness).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.5);
  }

  function ring() {
    NOTES.forEach((pitch, number) => note(number, pitch));
  }

  function tell(missed) {
    const said = document.getElementById("sound");
    if (!said) return;
    said.hidden = audible() || !part();
    if (missed) document.getElementById("sound-missed").hidden = false;
  }

  // Two tabs come here one after the other; the second finds what the first wrote.
  function take(keys) {
    const state = read();
    const fresh = keys.filter((key) => !state.rung.includes(key));
    if (!fresh.length) return;
    const quiet = Date.now() - state.last < Number(part()?.dataset.cooldown ?? 0) * 1000;
    const last = quiet ? state.last : Date.now();
    write({ last, rung: state.rung.concat(fresh).slice(-REMEMBERED) });
    if (!quiet) ring();
  }

  function look() {
    if (part() && !concerned) happened().forEach((key) => known.add(key));
    concerned = part() !== null;
    const keys = happened().filter((key) => !known.has(key));
    if (keys.length && audible()) {
      keys.forEach((key) => known.add(key));
      if (navigator.locks) navigator.locks.request(STORE, () => take(keys));
      else take(keys);
    }
    document.documentElement.classList.toggle("may-ring", audible() && part() !== null);
    tell(keys.some((key) => !known.has(key) && !read().rung.includes(key)));
  }

  // Browsers let a page sound after somebody pressed something on it, and not before.
  async function wake() {
    // The very press that says yes is often the only one.
    if (audible() || !document.getElementById("sound")) return;
    context ??= new AudioContext();
    if (context.state !== "running") await context.resume();
    happened().forEach((key) => known.add(key));
    look();
  }

  document.addEventListener("pointerup", wake);
  document.addEventListener("keyup", wake);
  document.addEventListener("click", async function (event) {
    if (!event.target.closest("#sound-allow")) return;
    await wake();
    if (audible()) ring();
  });
  document.addEventListener("htmx:afterSwap", look);
  document.addEventListener("slomix:merged", look);
  look();
})();
