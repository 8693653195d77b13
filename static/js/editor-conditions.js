// Shows and hides the fields that depend on another one. What is hidden keeps its text until the form is saved.

import { form, textOf } from "./editor-names.js";

function settle(name) {
  for (const part of form.querySelectorAll(`[data-when="${CSS.escape(name)}"]`)) {
    part.hidden = !JSON.parse(part.dataset.is).includes(textOf(name).trim());
  }
}

export function connectConditions() {
  for (const type of ["input", "change"]) form.addEventListener(type, (event) => event.target.name && settle(event.target.name));
}
