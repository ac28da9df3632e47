"use strict";
// What is written for a decision and not sent yet is kept by the office, encrypted, a moment after
// it is typed: it outlives the claim, the session, a reload and a change of language.
import { one } from "./dom.js";
import * as session from "./session.js";

const PAUSE = 1200; // milliseconds without a key before a draft is kept
let timer = null;
let dirty = false;

const form = () => one("#decision");
/** Whether something is written that the office does not have. */
export const unsaved = () => dirty && Boolean(form());

const send = (place, body) => fetch(place, {
  method: "POST", body, keepalive: true, redirect: "manual", headers: { "X-CSRF-Token": session.token() },
}).catch(() => null);

/** Keep the draft now; resolves when the office has it. */
export async function keep() {
  clearTimeout(timer);
  const written = form();
  if (!dirty || !written) return;
  dirty = false;
  const place = written.getAttribute("action").replace(/decision$/, "draft"), body = new URLSearchParams(new FormData(written));
  const used = session.token();
  let answer = await send(place, body);
  if (answer?.status === 403 && await session.renew(used)) answer = await send(place, body);
  const kept = answer?.status === 204, told = one("#draft"), out = one("#signed-out");
  if (!kept) dirty = true;
  if (kept && out) out.hidden = true;
  if (told) { told.hidden = false; told.dataset.kept = kept; told.textContent = kept ? told.dataset.yes : told.dataset.no; }
}
/** Keep what is there in a moment. */
export function later() {
  clearTimeout(timer);
  if (dirty && form()) timer = setTimeout(keep, PAUSE);
}
export function listen() {
  const changed = (event) => {
    if (!form() || event.target.form !== form()) return;
    dirty = true;
    later();
  };
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  window.addEventListener("pagehide", keep);
  document.addEventListener("submit", async (event) => {
    if (event.target === form()) { clearTimeout(timer); return; }
    if (!form()) dirty = false; // it was sent
    if (!dirty || event.target.hasAttribute("hx-post")) return; // leaving: the draft first
    event.preventDefault();
    const { target, submitter } = event;
    // While the event is still under way a browser passes over a second submission in silence.
    await Promise.all([keep(), new Promise((ended) => setTimeout(ended))]);
    dirty = false;
    target.requestSubmit(submitter);
  });
}
