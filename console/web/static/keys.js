"use strict";
// Keys. The overlay is the table: what it shows is what works, a person's own keys included.
import { all, isWriting, one } from "./dom.js";

const digits = /^[1-9]$/;
let table = new Map(); // key -> command
let listening = null; // the command that waits for its new key

const place = () => `kinbind keys of ${one("#keys")?.dataset.person ?? ""}`;
const own = () => { try { return JSON.parse(localStorage.getItem(place())) ?? {}; } catch { return {}; } };

export function readKeys() {
  const mine = own();
  table = new Map();
  for (const line of all("#keys [data-command]:not([data-fixed])")) {
    const name = line.dataset.command, keys = mine[name] ? [mine[name]] : line.dataset.keys.split(" ");
    for (const key of keys) table.set(key.toUpperCase(), name);
    for (const shown of all(`[data-key-of="${name}"]`)) shown.textContent = keys[0];
  }
}
function rebind(key) {
  const wanted = key.toUpperCase(), free = !digits.test(key) && (table.get(wanted) ?? listening) === listening;
  one("#key-taken").hidden = free;
  if (free) { localStorage.setItem(place(), JSON.stringify({ ...own(), [listening]: wanted })); readKeys(); }
  one(`[data-rebind="${listening}"]`).classList.remove("waiting");
  listening = null;
}
export function askForKey(button) {
  listening = button.dataset.rebind;
  one("#key-taken").hidden = true;
  button.classList.add("waiting");
}
export function defaultKeys() { localStorage.removeItem(place()); readKeys(); }

/** The letter or digit of a key held with Alt, whatever the keyboard makes of the two together. */
const plain = (event) => (event.altKey ? event.code.replace(/^(Key|Digit)/, "") : event.key);

function leave(element) {
  if (element.matches("form.correct input")) element.value = element.defaultValue;
  element.blur();
  one("#work")?.focus({ preventScroll: true });
}
/** Answer keys with the acts of a page: each command of the overlay by its name. */
export function listen(acts) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.metaKey) return; // a Chinese input method is at work
    if (listening) {
      if (event.key.length === 1) { rebind(event.key); event.preventDefault(); }
      else if (event.key === "Escape") { one(".waiting")?.classList.remove("waiting"); listening = null; event.preventDefault(); }
      return;
    }
    const writing = isWriting(event.target);
    if (event.ctrlKey) { if (event.key === "Enter" && acts.send(event.target)) event.preventDefault(); return; }
    if (one("dialog[open]")) return;
    if (event.key === "Escape" && writing) { leave(event.target); event.preventDefault(); return; }
    if (writing && !event.altKey) return;
    const key = plain(event), command = table.get(key.toUpperCase());
    const nowhere = event.target === document.body || event.target.matches("#work, #main");
    let done = true;
    if (event.target.closest?.("[role=tab]") && /^Arrow(Left|Right)$/.test(key)) acts.tab(key === "ArrowRight" ? 1 : -1);
    else if (event.target.closest?.(".sheet") && acts.arrows[key]) acts.pan(...acts.arrows[key]);
    else if (digits.test(key)) done = (event.target.closest?.(".dock") && acts.reason(Number(key))) || acts.paper(Number(key));
    else if (key === "Enter" && nowhere && !event.repeat) done = acts.confirm();
    else if (command && acts[command]) done = acts[command](event.shiftKey && /^[a-z]$/i.test(key)) !== false;
    else done = false;
    if (done) event.preventDefault();
  });
}
