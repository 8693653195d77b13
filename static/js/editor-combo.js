// Type-ahead for inputs that offer values: one list for the whole form, moved to the input that is used.

import { element, form, textOf, type } from "./editor-names.js";

const MOST = 100;
const popup = element("ul", { class: "combo", role: "listbox", id: "combo", hidden: "" });
let input = null;
let active = -1;

/** What *target* offers now: [{value, hint}]. Its own document is read as it is being typed. */
export function offers(target) {
  const id = target.dataset.offer;
  const lists = [...document.querySelectorAll(`#choices datalist[id="${CSS.escape(id)}"], #choices datalist[data-group="${CSS.escape(id)}"]`)];
  const list = target.dataset.within ? lists.find((each) => each.dataset.of === textOf(target.dataset.within)) : lists[0];
  if (!list) return [];
  if (list.dataset.own) return ownValues(list.dataset.own).map((value) => ({ value, hint: "" }));
  return [...list.options].map((option) => ({ value: option.value, hint: option.value === option.label ? "" : option.label }));
}

function ownValues(path) {
  const pattern = new RegExp(`^/${path.replaceAll(".", "/").replaceAll("[]", "/\\d+")}$`);
  const top = path.split("[]")[0];
  const found = [...form.querySelectorAll(`[name^="/${CSS.escape(top)}/"]`)].filter((each) => pattern.test(each.name) && !each.closest("[data-row][hidden]"));
  return [...new Set(found.map((each) => each.value).filter((value) => value.trim()))];
}

function open(target, all) {
  const typed = target.value.trim().toLowerCase();
  const found = offers(target).filter((each) => all || !typed || `${each.value} ${each.hint}`.toLowerCase().includes(typed));
  input = target;
  active = all ? found.findIndex((each) => each.value === target.value) : -1;
  popup.replaceChildren(
    ...found.slice(0, MOST).map((each, index) => {
      const hint = each.hint ? [element("span", { class: "t" }, compared(target, each.hint))] : [];
      return element("li", { role: "option", id: `combo-${index}`, "aria-selected": "false", "data-value": each.value }, element("span", {}, each.value), ...hint);
    }),
  );
  if (!found.length || (!all && found.length === 1 && found[0].value === target.value)) return close();
  document.body.append(popup);
  popup.hidden = false;
  popup.setAttribute("aria-label", `Values for ${target.labels?.[0]?.innerText.split("\n")[0] ?? "this field"}`);
  target.setAttribute("aria-expanded", "true");
  target.setAttribute("aria-controls", "combo");
  place();
  choose(active);
}

/** An input of another type than this output is said to be so before it is chosen. */
function compared(target, hint) {
  const kind = target.dataset.within ? textOf(`${target.name.split("/").slice(0, -2).join("/")}/item_type`) : "";
  return kind && kind !== hint ? `${hint} ≠ ${kind}` : hint;
}

function place() {
  if (!input) return;
  const box = input.getBoundingClientRect();
  popup.style.minWidth = `${box.width}px`;
  const below = window.innerHeight - box.bottom > popup.offsetHeight + 8 || box.top < popup.offsetHeight;
  popup.style.top = `${window.scrollY + (below ? box.bottom + 2 : box.top - popup.offsetHeight - 2)}px`;
  popup.style.left = `${window.scrollX + Math.max(8, Math.min(box.left, window.innerWidth - popup.offsetWidth - 16))}px`;
}

function close() {
  popup.hidden = true;
  if (!input) return;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  input = null;
}

function choose(index) {
  const options = [...popup.children];
  active = index;
  options.forEach((option, number) => option.setAttribute("aria-selected", String(number === index)));
  if (index < 0) return input.removeAttribute("aria-activedescendant");
  options[index]?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", `combo-${index}`);
}

function take(option) {
  const target = input;
  close();
  type(target, option.dataset.value);
  target.focus();
}

function keys(event) {
  const target = event.target;
  if (!target.matches("[data-offer]") || event.altKey || event.ctrlKey || event.metaKey) return;
  const opened = input === target && !popup.hidden;
  const count = popup.children.length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!opened) open(target, true);
    else choose((active + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
  } else if (event.key === "Enter" && opened && active >= 0) {
    event.preventDefault();
    take(popup.children[active]);
  } else if (event.key === "Escape" && opened) {
    event.preventDefault();
    close();
  } else if (event.key === "Tab" && opened) {
    if (active >= 0 && popup.children[active]) type(target, popup.children[active].dataset.value);
    close();
  }
}

function prepare(target) {
  if (target.hasAttribute("role")) return;
  target.removeAttribute("list"); // the browser's own list would only show what matches already
  target.setAttribute("role", "combobox");
  target.setAttribute("aria-autocomplete", "list");
  target.setAttribute("aria-expanded", "false");
}

/** A value that is not offered is said to be so, once the field is left, with the one that comes nearest. */
function judge(target) {
  const field = target.closest("[data-field]");
  const box = field.querySelector(":scope > .more") ?? target.parentElement;
  box.querySelector(".stray")?.remove();
  const known = offers(target).map((each) => each.value);
  if (!target.hasAttribute("data-closed") || !known.length || !target.value.trim() || known.includes(target.value)) return;
  const near = nearest(target.value, known);
  const words = element("span", {}, `“${target.value}” is not among the values there are. `);
  if (near) words.append(element("button", { type: "button", class: "link", "data-use": near }, `Use “${near}”`));
  box.prepend(element("p", { class: "stray" }, element("span", { "aria-hidden": "true" }, "◇"), words));
}

function nearest(text, values) {
  const pairs = (word) => new Set([...word.toLowerCase()].map((letter, index, all) => letter + (all[index + 1] ?? "")));
  const wanted = pairs(text);
  const likeness = (value) => 2 * [...pairs(value)].filter((pair) => wanted.has(pair)).length / (wanted.size + pairs(value).size);
  const best = values.reduce((one, other) => (likeness(other) > likeness(one) ? other : one));
  return likeness(best) >= 0.5 ? best : "";
}

/** Another component has other items: one it does not have is cleared. A component nobody knows may be mistyped. */
function follow(target) {
  for (const item of form.querySelectorAll(`[data-within="${CSS.escape(target.name)}"]`)) {
    const known = offers(item).map((each) => each.value);
    if (item.value && known.length && !known.includes(item.value)) type(item, "");
    judge(item);
  }
}

export function connectCombo() {
  form.addEventListener("focusin", (event) => event.target.matches("[data-offer]") && prepare(event.target));
  form.addEventListener("click", (event) => {
    if (event.target.matches("[data-offer]") && (popup.hidden || input !== event.target)) open(event.target, true);
    const use = event.target.closest("[data-use]");
    if (!use) return;
    event.preventDefault();
    const control = use.closest("[data-field]").querySelector("input, textarea, select");
    type(control, use.dataset.use);
    use.closest(".stray, .src").remove();
    control.focus();
  });
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-offer]") && event.isTrusted) open(event.target, false);
  });
  form.addEventListener("change", (event) => event.target.name && follow(event.target));
  form.addEventListener("focusout", (event) => {
    if (!event.target.matches("[data-offer]")) return;
    if (event.target === input) close();
    judge(event.target);
  });
  form.addEventListener("keydown", keys);
  popup.addEventListener("pointerdown", (event) => event.preventDefault());
  popup.addEventListener("click", (event) => event.target.closest("li") && take(event.target.closest("li")));
  window.addEventListener("scroll", place, { passive: true, capture: true });
  window.addEventListener("resize", place, { passive: true });
}
