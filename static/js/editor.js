// The descriptor form with scripts: everything here makes it quicker, nothing of it is needed to save.

import { connectCombo } from "./editor-combo.js";
import { connectConditions } from "./editor-conditions.js";
import { connectDraft } from "./editor-draft.js";
import { form } from "./editor-names.js";
import { connectPaste } from "./editor-paste.js";
import { connectRows } from "./editor-rows.js";
import { connectSections } from "./editor-sections.js";
import { connectSeveral } from "./editor-several.js";

/** Enter inside a field does not send the form; Ctrl+S saves it. */
function connectKeys() {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    document.querySelector("#savebar button[value=save]")?.click();
  });
}

if (form) {
  connectSections();
  if (form.dataset.draft) {
    for (const button of document.querySelectorAll("[data-nojs]")) button.hidden = true;
    connectConditions();
    connectCombo();
    connectRows();
    connectSeveral();
    connectPaste(form);
    connectDraft();
    connectKeys();
    document.documentElement.dataset.editor = "ready";
  }
}
