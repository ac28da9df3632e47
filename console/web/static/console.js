"use strict";
// Wires the page together. Nothing here decides anything: every action is a form of the page.
import { all, one } from "./dom.js";
import * as draft from "./draft.js";
import * as fields from "./fields.js";
import * as keys from "./keys.js";
import * as picture from "./picture.js";
import * as session from "./session.js";

// --- enlarging -------------------------------------------------------------------------------
function enlarge(name) {
  const part = document.getElementById(name), dialog = one("#large");
  if (!part || !dialog) return false;
  const copy = part.cloneNode(true);
  for (const marked of [copy, ...all("[id]", copy)]) marked.removeAttribute("id");
  one(".large", dialog).replaceChildren(copy);
  dialog.showModal();
  return true;
}

// --- clicks ----------------------------------------------------------------------------------
const clicks = {
  "[role=tab][data-paper]": (found) => picture.choose(found.dataset.paper),
  "[data-view]": (found) => picture.acts[found.dataset.view](),
  "[data-again]": picture.fetchAgain,
  "[data-next-doubt]": () => fields.step(1),
  ".box": (found) => fields.goToBox(found.dataset),
  "[data-find]": (found) => { const { paper, field } = found.closest(".field").dataset; fields.go(paper, field); },
  "[data-evidence]": (found) => { one("#large")?.close(); fields.goToEvidence(found.dataset); },
  "[data-take]": (found) => { fields.isAt(found.closest(".field")); fields.takeSecond(); },
  "[data-enlarge]": (found) => enlarge(found.dataset.enlarge),
  "[data-help]": () => one("#help").showModal(),
  "[data-rebind]": keys.askForKey,
  "[data-default-keys]": keys.defaultKeys,
};
document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(clicks)) {
    const found = event.target.closest(selector);
    if (found) { act(found); return; }
  }
});
document.addEventListener("focusin", (event) => fields.isAt(event.target.closest?.(".field")));

// --- keys ------------------------------------------------------------------------------------
function chooseOutcome(command) {
  const radio = one(`input[data-outcome=${command}]`);
  if (!radio) return false;
  radio.click();
  radio.focus();
  return true;
}
/** Tick what the outcome most likely names; a reason that somebody ticked or cleared is theirs. */
function tickLikely() {
  const outcome = one("[name=outcome]:checked")?.value;
  for (const box of all(".dock [name=codes]:not([data-own])")) box.checked = box.dataset.likely.split(" ").includes(outcome);
}
document.addEventListener("change", ({ target }) => {
  if (target.name === "codes") target.dataset.own = "";
  if (target.name === "outcome") { tickLikely(); one("[data-doubt]")?.scrollIntoView({ block: "start" }); }
});
const press = (selector) => { const found = one(selector); found?.click(); return Boolean(found); };
keys.listen({
  "next-case": () => press("button[data-key=n]"),
  "next-doubt": () => fields.step(1),
  "previous-doubt": () => fields.step(-1),
  "take-second": fields.takeSecond,
  decision: () => { const radio = one("[name=outcome]:checked") ?? one("[name=outcome]"); radio?.focus({ preventScroll: true }); },
  approve: (send) => chooseOutcome("approve") && (!send || one("#decision").requestSubmit() === undefined),
  return: () => chooseOutcome("return"),
  reject: () => chooseOutcome("reject"),
  note: () => { const note = one("#note"); if (note?.checkVisibility()) note.focus(); return Boolean(note); },
  confirm: fields.confirmHere,
  "zoom-in": picture.acts.in,
  "zoom-out": picture.acts.out,
  fit: picture.acts.fit,
  turn: picture.acts.turn,
  boxes: () => one(".viewer") && picture.acts.boxes(),
  faces: () => enlarge("faces"),
  tree: () => enlarge("tree"),
  help: () => one("#help")?.showModal(),
  arrows: { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] },
  pan: picture.pan,
  paper: (number) => { picture.choose(number - 1); return true; },
  reason(number) {
    const boxes = all(".dock [name=codes]").filter((box) => box.checkVisibility());
    const other = one(".dock [name=more]");
    if (number === boxes.length + 1 && other?.checkVisibility()) other.focus();
    else boxes[number - 1]?.click();
    return Boolean(other?.checkVisibility());
  },
  tab(by) {
    const tabs = all("[role=tab]"), at = tabs.findIndex((tab) => tab.dataset.paper === picture.shown.paper);
    picture.choose(tabs[(at + by + tabs.length) % tabs.length].dataset.paper, true);
  },
  send(from) {
    const form = from.form ?? from.closest?.("form") ?? one("#decision");
    form?.requestSubmit();
    return Boolean(form);
  },
});

// --- answers ---------------------------------------------------------------------------------
// What was written for the decision outlives an answer that replaces the form.
let written = [];
const controls = () => [...(one("#decision")?.elements ?? [])].filter((part) => part.name);
const ticks = (part) => part.type === "radio" || part.type === "checkbox";
document.addEventListener("submit", (event) => {
  if (event.target.matches("form.correct")) fields.confirms(event.target);
}, true);
/** A case that is on another desk now, or decided: its papers leave the screen too. */
function leaveCase() {
  for (const part of all(".viewer, #lease")) part.remove();
  const dialog = one("#large");
  if (dialog) { dialog.close(); one(".large", dialog).replaceChildren(); }
}
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status >= 400) draft.keep();
  written = controls().map((part) => ({ name: part.name, value: part.value, checked: part.checked, tick: ticks(part), own: part.dataset.own }));
});
document.addEventListener("htmx:load", (event) => {
  const { elt } = event.detail;
  if (elt.id !== "work") return;
  if (elt.matches(".over")) { leaveCase(); one("[autofocus]", elt)?.focus(); return; }
  for (const before of written) {
    const same = controls().find((part) => part.name === before.name && (!before.tick || part.value === before.value));
    if (same && before.tick) same.checked = before.checked;
    else if (same) same.value = before.value;
    if (same && before.own !== undefined) same.dataset.own = "";
  }
  tickLikely();
  written = [];
  draft.later();
  keys.readKeys();
  fields.afterAnswer();
});
keys.readKeys();
draft.listen();
session.listen();
if (one("[data-sheet]")) picture.listen();
fields.open();
document.documentElement.dataset.ready = "";
