"use strict";
// The pictures of the papers: which one is shown, how near, and which way up.
import { all, one } from "./dom.js";

export const shown = { paper: "0" };
const views = new Map(); // sheet's svg -> { turn, zoom, x, y } of the middle, in picture units
let waiting = null; // the box to come near to as soon as its picture is there

const svgOf = (paper) => one(`[data-sheet="${paper}"] svg`);
/** The drawing of the paper that is shown, once its picture's size is known. */
function ready() {
  const svg = svgOf(shown.paper);
  return svg?.dataset.width ? svg : null;
}

export function choose(number, focus = false) {
  if (!one(`[data-sheet="${number}"]`)) return;
  shown.paper = String(number);
  for (const sheet of all("[data-sheet]")) sheet.hidden = sheet.dataset.sheet !== shown.paper;
  for (const part of all("[data-fields]")) part.hidden = part.dataset.fields !== shown.paper;
  for (const tab of all("[role=tab][data-paper]")) {
    const chosen = tab.dataset.paper === shown.paper;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) tab.scrollIntoView({ block: "nearest" });
    if (chosen && focus) tab.focus();
  }
  const svg = svgOf(shown.paper);
  if (one("image[data-href]", svg)) fetchPicture(svg);
  draw();
}

// A picture is fetched, and its look recorded, when it is first looked at. It is drawn when its
// size is known, which is when it has come: until then nothing of it has a place.
function fetchPicture(svg) {
  const image = one("image", svg), sheet = svg.closest(".sheet"), address = image.dataset.href;
  image.removeAttribute("data-href");
  image.addEventListener("load", () => {
    const { width, height } = image.getBBox();
    Object.assign(svg.dataset, { width, height });
    one(".turned", svg).removeAttribute("visibility");
    one(".loading", sheet).hidden = true;
    draw();
    if (waiting?.closest("svg") === svg) approach(waiting);
  }, { once: true });
  image.addEventListener("error", () => {
    image.dataset.href = address;
    image.removeAttribute("href");
    one(".loading", sheet).hidden = true;
    one(".missing", sheet).hidden = false;
  }, { once: true });
  one(".loading", sheet).hidden = false;
  one(".missing", sheet).hidden = true;
  image.setAttribute("href", address);
}
export function fetchAgain(button) {
  fetchPicture(one("svg", button.closest(".sheet")));
}

function viewOf(svg) {
  if (!views.has(svg)) views.set(svg, { turn: Number(svg.dataset.turn), zoom: 1, x: null, y: null });
  return views.get(svg);
}
function size(svg, turn) {
  const [w, h] = [Number(svg.dataset.width), Number(svg.dataset.height)];
  return turn % 180 ? [h, w] : [w, h];
}
/** What of the picture the frame shows: as wide and high as the frame, never distorted. */
function extent(svg, at) {
  const [w, h] = size(svg, at.turn), frame = svg.getBoundingClientRect();
  const aspect = frame.height ? frame.width / frame.height : w / h;
  const [fw, fh] = aspect > w / h ? [h * aspect, h] : [w, w / aspect];
  return [fw / at.zoom, fh / at.zoom];
}
function draw() {
  const svg = ready();
  if (!svg) return;
  const at = viewOf(svg), [w, h] = size(svg, at.turn), [vw, vh] = extent(svg, at);
  const moved = { 0: "", 90: `translate(${w} 0) rotate(90)`, 180: `translate(${w} ${h}) rotate(180)`, 270: `translate(0 ${h}) rotate(270)` };
  one(".turned", svg).setAttribute("transform", moved[at.turn]);
  at.x = vw >= w ? w / 2 : Math.min(Math.max(at.x ?? w / 2, 0), w);
  at.y = vh >= h ? h / 2 : Math.min(Math.max(at.y ?? h / 2, 0), h);
  svg.setAttribute("viewBox", `${at.x - vw / 2} ${at.y - vh / 2} ${vw} ${vh}`);
}
function zoom(factor, cx = 0.5, cy = 0.5) {
  const svg = ready();
  if (!svg) return;
  const at = viewOf(svg), before = extent(svg, at);
  at.zoom = Math.min(12, Math.max(0.5, at.zoom * factor));
  const after = extent(svg, at);
  at.x += (before[0] - after[0]) * (cx - 0.5);
  at.y += (before[1] - after[1]) * (cy - 0.5);
  draw();
}
function change(values) {
  const svg = ready();
  if (!svg) return;
  Object.assign(viewOf(svg), values(viewOf(svg)));
  draw();
}
export const acts = {
  in: () => zoom(1.4),
  out: () => zoom(1 / 1.4),
  turn: () => change(({ turn }) => ({ turn: (turn + 90) % 360, zoom: 1, x: null, y: null })),
  fit: () => change(() => ({ zoom: 1, x: null, y: null })),
  boxes() {
    const off = one(".viewer").classList.toggle("plain-view");
    one("[data-view=boxes]").setAttribute("aria-pressed", String(!off));
  },
};
export function pan(dx, dy) {
  const svg = ready();
  if (!svg) return;
  const at = viewOf(svg), [vw, vh] = extent(svg, at);
  at.x += dx * vw; at.y += dy * vh;
  draw();
}
/** Bring a box to the middle, large enough to read. */
export function approach(target) {
  const svg = ready();
  waiting = svg ? null : target;
  if (!svg || !target) return;
  const at = viewOf(svg), b = target.getBBox();
  const [x, y] = [b.x + b.width / 2, b.y + b.height / 2];
  const W = Number(svg.dataset.width), H = Number(svg.dataset.height);
  [at.x, at.y] = { 0: [x, y], 90: [H - y, x], 180: [W - x, H - y], 270: [y, W - x] }[at.turn];
  const [long, short] = at.turn % 180 ? [b.height, b.width] : [b.width, b.height];
  at.zoom = 1;
  const [vw, vh] = extent(svg, at);
  at.zoom = Math.min(6, Math.max(1, Math.min(0.6 * vw / Math.max(long, 1), 0.4 * vh / Math.max(short, 1))));
  draw();
}

export function listen() {
  const frames = new ResizeObserver(draw);
  for (const svg of all(".sheet svg")) frames.observe(svg);
  document.addEventListener("wheel", (event) => {
    const svg = event.target.closest?.(".sheet svg");
    if (!svg) return;
    event.preventDefault();
    const frame = svg.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, (event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height);
  }, { passive: false });
  let held = null;
  document.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest?.(".sheet svg");
    if (svg && !event.target.closest(".box")) { held = [event.clientX, event.clientY]; svg.classList.add("held"); }
  });
  document.addEventListener("pointermove", (event) => {
    const svg = held && ready();
    if (!svg) return;
    const scale = svg.getScreenCTM().a, at = viewOf(svg);
    at.x -= (event.clientX - held[0]) / scale; at.y -= (event.clientY - held[1]) / scale;
    held = [event.clientX, event.clientY];
    draw();
  });
  document.addEventListener("pointerup", () => { held = null; for (const svg of all(".held")) svg.classList.remove("held"); });
}
