"use strict";
// The session that the page belongs to may end while somebody writes, and the same person may sign
// in again in another window: what stands in the page is not given up for either.
import { all, one } from "./dom.js";
import * as draft from "./draft.js";

const person = (page) => one("header .who", page)?.textContent.split("·")[0].trim();
export const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRF-Token"] ?? "";

/** Take over the token of the same person's newer session; whether it is another than was used. */
export async function renew(used) {
  const answer = await fetch("/password", { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const headers = page.body.getAttribute("hx-headers");
  if (!headers || person(page) !== person(document)) return false;
  document.body.setAttribute("hx-headers", headers);
  for (const field of all("input[name=csrf]")) field.value = token();
  return token() !== used;
}
/** Renew the claim now, and so learn whether session and claim are still there. */
const ask = () => one("#lease")?.dispatchEvent(new Event("renew"));

async function repeat({ elt, requestConfig }) {
  if (!await renew(requestConfig.headers["X-CSRF-Token"])) { location.reload(); return; } // the page then says what this person may do
  if (elt.matches("form")) elt.requestSubmit();
  else ask();
}
const unanswered = (so) => { const told = one("#unanswered"); if (told) told.hidden = !so; };
export function listen() {
  document.addEventListener("htmx:beforeRequest", () => unanswered(false));
  document.addEventListener("htmx:sendError", () => unanswered(true));
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr, requestConfig } = event.detail;
    const out = xhr.getResponseHeader("HX-Redirect")?.startsWith("/sign-in");
    if (xhr.status >= 500 && one("#unanswered")) { event.preventDefault(); unanswered(true); }
    if (out && draft.unsaved()) { event.preventDefault(); one("#signed-out").hidden = false; }
    if (xhr.status === 403 && requestConfig.verb === "post") { event.preventDefault(); repeat(event.detail); }
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
}
