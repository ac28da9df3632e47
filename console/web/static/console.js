"use strict";
// Pictures, boxes and keys. Nothing here decides anything: every action is a form of the page.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  let paper = "0";
  let now = null; // the field that the reader is at: [paper, name]

  // --- papers -------------------------------------------------------------------------------
  function choose(number, focus = false) {
    if (!one(`[data-sheet="${number}"]`)) return;
    paper = String(number);
    for (const sheet of all("[data-sheet]")) sheet.hidden = sheet.dataset.sheet !== paper;
    for (const part of all("[data-fields]")) part.hidden = part.dataset.fields !== paper;
    for (const tab of all("[role=tab][data-paper]")) {
      const chosen = tab.dataset.paper === paper;
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen && focus) tab.focus();
    }
    const picture = one(`[data-sheet="${paper}"] image[data-href]`);
    if (picture) { // a picture is fetched, and its look recorded, when it is first looked at
      picture.setAttribute("href", picture.dataset.href);
      picture.removeAttribute("data-href");
    }
    arrive();
  }

  // --- zoom, pan, turn ----------------------------------------------------------------------
  const views = new Map();
  let waiting = null; // the box to come near to as soon as its picture is there
  // A picture is as large as it arrives; nothing is drawn before that is known.
  function measured(svg) {
    const { width, height } = one("image", svg)?.getBBox() ?? {};
    if (width) Object.assign(svg.dataset, { width, height });
    return svg.dataset.width ? svg : null;
  }
  const picture = () => { const svg = one(`[data-sheet="${paper}"] svg`); return svg && measured(svg); };
  // Browsers do not tell when a picture inside a drawing has come: look until it has.
  function arrive(patience = 600) {
    if (picture()) { draw(); if (waiting) approach(waiting); }
    else if (patience) setTimeout(arrive, 50, patience - 1);
  }
  function view(svg) {
    if (!views.has(svg)) views.set(svg, { turn: Number(svg.dataset.turn), zoom: 1, x: 0, y: 0 });
    return views.get(svg);
  }
  function size(svg, turn) {
    const [w, h] = [Number(svg.dataset.width), Number(svg.dataset.height)];
    return turn % 180 ? [h, w] : [w, h];
  }
  function draw() {
    const svg = picture();
    if (!svg) return;
    const at = view(svg), [w, h] = size(svg, at.turn);
    const moved = { 0: "", 90: `translate(${w} 0) rotate(90)`, 180: `translate(${w} ${h}) rotate(180)`, 270: `translate(0 ${h}) rotate(270)` };
    one(".turned", svg).setAttribute("transform", moved[at.turn]);
    const [vw, vh] = [w / at.zoom, h / at.zoom];
    at.x = Math.min(Math.max(at.x, -vw / 2), w - vw / 2);
    at.y = Math.min(Math.max(at.y, -vh / 2), h - vh / 2);
    svg.setAttribute("viewBox", `${at.x} ${at.y} ${vw} ${vh}`);
  }
  function zoom(factor, cx = 0.5, cy = 0.5) {
    const svg = picture();
    if (!svg) return;
    const at = view(svg), [w, h] = size(svg, at.turn);
    const before = at.zoom;
    at.zoom = Math.min(12, Math.max(0.5, before * factor));
    at.x += (w / before - w / at.zoom) * cx;
    at.y += (h / before - h / at.zoom) * cy;
    draw();
  }
  const acts = {
    in: () => zoom(1.4),
    out: () => zoom(1 / 1.4),
    turn() { const svg = picture(); if (svg) { const at = view(svg); at.turn = (at.turn + 90) % 360; at.zoom = 1; at.x = at.y = 0; draw(); } },
    fit() { const svg = picture(); if (svg) { Object.assign(view(svg), { zoom: 1, x: 0, y: 0 }); draw(); } },
    boxes() {
      const off = one(".viewer").classList.toggle("plain-view");
      one("[data-view=boxes]").setAttribute("aria-pressed", String(!off));
    },
  };
  function pan(dx, dy) {
    const svg = picture();
    if (!svg) return;
    const at = view(svg), [w, h] = size(svg, at.turn);
    at.x += (dx * w) / at.zoom; at.y += (dy * h) / at.zoom;
    draw();
  }

  // --- fields and boxes ---------------------------------------------------------------------
  const row = (number, name) => one(`.field[data-paper="${number}"][data-field="${name}"]`);
  const box = (number, name) => one(`.box[data-paper="${number}"][data-field="${name}"]`);
  function mark() {
    for (const marked of all(".now")) marked.classList.remove("now");
    if (!now) return;
    for (const part of [row(...now), box(...now)]) part?.classList.add("now");
  }
  function go(number, name, near = true) {
    if (String(number) !== paper) choose(number);
    now = [String(number), name];
    mark();
    row(...now)?.scrollIntoView({ block: "nearest" });
    if (near) approach(box(...now));
  }
  function approach(target) { // bring the box to the middle, large enough to read
    const svg = picture();
    waiting = svg ? null : target;
    if (!svg || !target) return;
    const at = view(svg), [w, h] = size(svg, at.turn), b = target.getBBox();
    const [x, y] = [b.x + b.width / 2, b.y + b.height / 2];
    const W = Number(svg.dataset.width), H = Number(svg.dataset.height);
    const [tx, ty] = { 0: [x, y], 90: [H - y, x], 180: [W - x, H - y], 270: [y, W - x] }[at.turn];
    const long = at.turn % 180 ? b.height : b.width;
    at.zoom = Math.min(6, Math.max(1, (w / Math.max(long, 1)) * 0.5));
    at.x = tx - w / at.zoom / 2; at.y = ty - h / at.zoom / 2;
    draw();
  }
  function step(by) {
    const doubts = all(".field.doubtful");
    if (!doubts.length) return;
    const here = now ? doubts.indexOf(row(...now)) : -1;
    const next = doubts[here < 0 && by < 0 ? doubts.length - 1 : (here + by + doubts.length) % doubts.length];
    go(next.dataset.paper, next.dataset.field);
    one("input[name=value], form button", next)?.focus({ preventScroll: true });
  }
  function evidence(button) {
    const label = button.dataset.evidence, name = button.dataset.evidenceField;
    const fit = all(".paper-fields").filter((part) => one("h2 small", part)?.textContent.startsWith(label));
    const part = fit.find((p) => name && row(p.dataset.fields, name)) || fit[0];
    if (!part) return;
    if (name && row(part.dataset.fields, name)) go(part.dataset.fields, name);
    else choose(part.dataset.fields);
  }

  // --- events -------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest(selector);
    let found;
    if ((found = hit("[role=tab][data-paper]"))) choose(found.dataset.paper);
    else if ((found = hit("[data-view]"))) acts[found.dataset.view]();
    else if (hit("[data-next-doubt]")) step(1);
    else if ((found = hit(".box"))) { go(found.dataset.paper, found.dataset.field, false); one("input[name=value], form button", row(...now))?.focus(); }
    else if ((found = hit("[data-find]"))) { const field = found.closest(".field"); go(field.dataset.paper, field.dataset.field); }
    else if ((found = hit("[data-evidence]"))) evidence(found);
    else if (hit("[data-help]")) one("#help").showModal();
  });
  document.addEventListener("focusin", (event) => {
    const field = event.target.closest?.(".field");
    if (field && (!now || now[0] !== field.dataset.paper || now[1] !== field.dataset.field)) {
      now = [field.dataset.paper, field.dataset.field];
      mark();
    }
  });
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
    const svg = held && picture();
    if (!svg) return;
    const scale = svg.getScreenCTM().a, at = view(svg);
    at.x -= (event.clientX - held[0]) / scale; at.y -= (event.clientY - held[1]) / scale;
    held = [event.clientX, event.clientY];
    draw();
  });
  document.addEventListener("pointerup", () => { held = null; for (const svg of all(".held")) svg.classList.remove("held"); });

  const arrows = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
  const keys = {
    "+": acts.in, "=": acts.in, "-": acts.out, 0: acts.fit, r: acts.turn, b: () => one(".viewer") && acts.boxes(),
    j: () => step(1), k: () => step(-1),
    n: () => one("button[data-key=n]")?.click(),
    d: () => { one("#decision")?.scrollIntoView(); one("[name=outcome]")?.focus({ preventScroll: true }); },
    "?": () => one("#help")?.showModal(),
  };
  for (const key of ["a", "t", "x"]) keys[key] = () => { const radio = one(`input[data-key=${key}]`); radio?.click(); radio?.focus(); };
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (event.key === "Enter" && event.ctrlKey) { (event.target.form ?? event.target.closest?.("form"))?.requestSubmit(); return; }
    if (writing || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
    const tab = event.target.closest?.("[role=tab]");
    if (tab && /^Arrow(Left|Right)$/.test(event.key)) {
      const tabs = all("[role=tab]"), by = event.key === "ArrowRight" ? 1 : -1;
      choose(tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length].dataset.paper, true);
    } else if (event.target.closest?.(".sheet") && arrows[event.key]) pan(...arrows[event.key]);
    else if (/^[1-9]$/.test(event.key)) choose(Number(event.key) - 1);
    else if (keys[event.key.toLowerCase()]) keys[event.key.toLowerCase()]();
    else return;
    event.preventDefault();
  });

  // What was written for the decision outlives an answer that replaces the form.
  let written = {};
  const words = () => all("#decision textarea");
  document.addEventListener("htmx:beforeSwap", () => {
    for (const area of words()) if (area.value !== area.defaultValue) written[area.name] = area.value;
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt.id !== "work") return;
    for (const area of words()) if (area.name in written) area.value = written[area.name];
    written = {};
    for (const tab of all("[role=tab][data-paper]")) {
      const left = all(`.field.doubtful[data-paper="${tab.dataset.paper}"]`).length, count = one(".count", tab);
      if (count) { count.textContent = left; count.hidden = !left; }
    }
    const boxes = all(".box");
    for (const shape of boxes) {
      const field = row(shape.dataset.paper, shape.dataset.field);
      if (field) for (const state of ["sure", "doubtful", "minor", "corrected"]) shape.classList.toggle(state, field.classList.contains(state));
    }
    if (one("[data-sheet]") && one("[data-fields]")) choose(paper);
    mark();
    const field = now && row(...now), alert = one("#work [role=alert]");
    if (alert) alert.scrollIntoView({ block: "nearest" });
    const next = field && (one("input[name=value]", field) || one("form button", field));
    if (next && !one("#decision [role=alert]")) next.focus({ preventScroll: true });
    else one("#work [autofocus]")?.focus();
  });
  // A case opens where the doubt is; nothing is focused, so that every key still works.
  document.addEventListener("DOMContentLoaded", () => {
    if (!one("[data-sheet]")) return;
    const doubt = one(".field.doubtful");
    choose(doubt?.dataset.paper ?? "0");
    if (doubt) go(doubt.dataset.paper, doubt.dataset.field);
  });
})();
