// Names of inputs are JSON pointers: "/goals/2/goal". What every part of the form needs to know about them.

export const form = document.getElementById("editor");

/** The inputs called *name*; a checkbox comes with a hidden companion. */
export function inputsNamed(name) {
  return form ? [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)] : [];
}

/** What the form would send for *name*. */
export function textOf(name) {
  const inputs = inputsNamed(name);
  const box = inputs.find((each) => each.type === "checkbox");
  return box ? String(box.checked) : (inputs.at(-1)?.value ?? "");
}

/** Put *text* into an input, as if it had been typed. Says whether it could be done. */
export function type(input, text) {
  if (input.type === "checkbox") {
    const wanted = /^(true|yes|y|x|1|on|✓|ja)$/i.test(text.trim());
    if (input.checked !== wanted) input.checked = wanted;
  } else if (input.tagName === "SELECT") {
    const wanted = text.trim().toLowerCase();
    const option = [...input.options].find((each) => each.value.toLowerCase() === wanted);
    if (!option) return false;
    input.value = option.value;
  } else {
    input.value = text;
    if (input.value !== text && input.type === "date") return false;
  }
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

/** The keys of the rows in which the list *name* lies: ["2"] for "/upstream_components/2/output_spec". */
export function keysOf(name, path) {
  const steps = name.split("/").slice(1);
  const keys = [];
  for (const part of path.split(".")) {
    steps.shift();
    if (part.endsWith("[]")) keys.push(steps.shift());
  }
  return keys;
}

/** Say something to those who cannot see what happened. */
export function announce(text) {
  let region = document.getElementById("editor-says");
  if (!region) {
    region = document.createElement("div");
    region.id = "editor-says";
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
}

export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}
