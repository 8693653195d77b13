// Turns a switch on while the list it speaks of has several rows. The server does the same when it reads the form.

import { form, inputsNamed } from "./editor-names.js";
import { controlsOf, rowsOf } from "./editor-rows.js";

const filledIn = (input) => (input.type === "checkbox" ? input.checked : input.value.trim());
const counts = (row) => !row.hasAttribute("data-made") || controlsOf(row).some(filledIn);

function settle(box, list, start, now) {
  const count = rowsOf(list).filter(counts).length;
  if (count === now.count) return;
  now.count = count;
  const wanted = count === start.count ? start.checked : count > 1;
  if (box.checked === wanted) return;
  box.checked = wanted;
  for (const type of ["input", "change"]) box.dispatchEvent(new Event(type, { bubbles: true }));
}

export function connectSeveral() {
  for (const box of form.querySelectorAll("input[type=checkbox][data-several]")) {
    const list = inputsNamed(box.dataset.several)[0]?.closest("[data-list]");
    if (!list) continue;
    const start = { count: rowsOf(list).filter(counts).length, checked: box.checked };
    const now = { ...start };
    list.addEventListener("input", () => settle(box, list, start, now));
  }
}
