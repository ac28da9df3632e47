"use strict";
// The fields of the papers and their boxes: where the reader is, and what comes next.
import { all, one } from "./dom.js";
import { approach, choose, shown } from "./picture.js";

let now = null; // the field that the reader is at: [paper, name]
let confirming = null; // the field whose correction is under way

export const row = (number, name) => one(`.field[data-paper="${number}"][data-field="${name}"]`);
const box = (number, name) => one(`.box[data-paper="${number}"][data-field="${name}"]`);
const at = (field) => [field.dataset.paper, field.dataset.field];

export function mark() {
  for (const marked of all(".now")) marked.classList.remove("now");
  if (!now) return;
  for (const part of [row(...now), box(...now)]) part?.classList.add("now");
}
export function go(number, name, near = true) {
  if (String(number) !== shown.paper) choose(number);
  now = [String(number), name];
  mark();
  row(...now)?.scrollIntoView({ block: "nearest" });
  if (near) approach(box(...now));
}
/** Put the cursor into a field, its value chosen, so that the next letter replaces it. */
export function enter(field) {
  const input = field && (one("input[name=value]", field) ?? one("form button", field));
  input?.focus({ preventScroll: true });
  input?.select?.();
  return Boolean(input);
}
export function step(by) {
  const doubts = all(".field.doubtful");
  if (!doubts.length) return;
  const here = now ? doubts.indexOf(row(...now)) : -1;
  // Whoever opens a case stands at the first doubt without being in it: that one comes first.
  const inside = here >= 0 && doubts[here].contains(document.activeElement);
  const first = here < 0 && by < 0 ? doubts.length - 1 : here + (here >= 0 && !inside && by > 0 ? 0 : by);
  const next = doubts[(first + doubts.length) % doubts.length];
  go(...at(next));
  enter(next);
}
export function goToEvidence({ evidence, evidenceField }) {
  if (evidenceField && row(evidence, evidenceField)) go(evidence, evidenceField);
  else choose(evidence);
}
export function goToBox({ paper, field }) {
  go(paper, field, false);
  enter(row(paper, field));
}
export function isAt(field) {
  if (!field || (now && now[0] === field.dataset.paper && now[1] === field.dataset.field)) return;
  now = at(field);
  mark();
}
/** Take what the second reader saw, as if it had been typed. */
export function takeSecond() {
  const field = now && row(...now), button = field && one("[data-take]", field);
  if (!button) return;
  one("input[name=value]", field).value = button.dataset.take;
  one("form.correct", field).requestSubmit();
}
/** Confirm the doubtful field that the page stands at, as it was read. */
export function confirmHere() {
  const field = now && row(...now), form = field?.matches(".doubtful") && one("form.correct", field);
  if (form) form.requestSubmit();
  return Boolean(form);
}
export const confirms = (form) => { confirming = at(form.closest(".field")); };

/** After the working part was replaced: back to the field that was refused, or on to the next. */
export function afterAnswer() {
  for (const shape of all(".box")) {
    const field = row(shape.dataset.paper, shape.dataset.field);
    if (field) for (const state of ["sure", "doubtful", "minor", "corrected"]) shape.classList.toggle(state, field.classList.contains(state));
  }
  for (const tab of all("[role=tab][data-paper]")) {
    const left = all(`.field.doubtful[data-paper="${tab.dataset.paper}"]`).length, count = one(".count", tab);
    if (count) { count.textContent = left; count.hidden = !left; }
  }
  const done = confirming && row(...confirming), refused = done && one("[aria-invalid=true]", done);
  confirming = null;
  if (one("[data-sheet]") && one("[data-fields]")) choose(shown.paper);
  mark();
  if (one("#decision [role=alert]")) { one("#decision [role=alert]").scrollIntoView({ block: "nearest" }); return; }
  if (refused) { one("[role=alert]", done)?.scrollIntoView({ block: "nearest" }); refused.focus({ preventScroll: true }); return; }
  if (!done) { const field = now && row(...now); if (!enter(field)) one("#work [autofocus]")?.focus(); return; }
  const later = all(".field.doubtful"), order = all(".field");
  const next = later.find((field) => order.indexOf(field) > order.indexOf(done)) ?? later[0];
  if (next) { go(...at(next)); enter(next); }
  else one("#work").focus({ preventScroll: true }); // nothing is doubtful any more: plain keys work
}
/** A case opens where the doubt is; nothing is focused, so that every key works. */
export function open() {
  if (!one("[data-sheet]")) return;
  const doubt = one(".field.doubtful"), evidence = one("#findings li:not(.info) [data-evidence]");
  if (doubt) go(...at(doubt));
  else if (evidence) goToEvidence(evidence.dataset);
  else choose("0");
}
