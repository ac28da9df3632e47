"use strict";
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const one = (selector, root = document) => root.querySelector(selector);
/** Whether letters that are typed there belong to a text. */
export const isWriting = (element) =>
  Boolean(element?.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select"));
