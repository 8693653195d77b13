// Rows of lists: add, duplicate, delete with undo, move by button, keyboard and mouse.

import { announce, element, form, keysOf } from "./editor-names.js";

const CONTROLS = "input:not([type=hidden], [name=pick]), select, textarea";

export const rowsOf = (list) => [...list.querySelector("[data-rows]").children].filter((row) => row.matches("[data-row]:not([hidden])"));
export const listOf = (node) => node.closest("[data-list]");
export const rowOf = (node) => node.closest("[data-row]");
export const controlsOf = (row) => [...row.querySelectorAll(CONTROLS)];

/** Write down the order of a list and count its rows anew. */
export function settle(list) {
  const order = list.querySelector(":scope > [data-order]");
  const rows = rowsOf(list);
  const text = [ranges(rows.map((row) => row.dataset.row)), order.dataset.rest].filter(Boolean).join(",");
  rows.forEach((row, index) => {
    const number = row.querySelector("[data-number]");
    if (number.textContent !== String(index + 1)) number.textContent = index + 1;
  });
  list.querySelector(":scope > legend [data-count]").textContent = rows.length;
  if (order.value === text) return;
  order.value = text;
  order.dispatchEvent(new Event("input", { bubbles: true }));
}

/** "0,1,2,5+" as "0-2,5+". */
function ranges(tokens) {
  const parts = [];
  for (const token of tokens) {
    const last = parts.at(-1);
    if (last && !token.includes("+") && !last.plus && Number(token) === last.to + 1) last.to = Number(token);
    else parts.push({ from: token, to: Number(token), plus: token.includes("+") });
  }
  return parts.map((part) => (part.plus || part.to === Number(part.from) ? part.from : `${part.from}-${part.to}`)).join(",");
}

function nextKey(list) {
  const key = Number(list.dataset.next);
  list.dataset.next = key + 1;
  return key;
}

/** A new row at the end; it is not focused, so that a paste can add many. */
export function addRow(list) {
  const key = nextKey(list);
  const keys = [...keysOf(list.dataset.list, list.dataset.path), key];
  const blank = document.querySelector(`template[data-blank="${CSS.escape(list.dataset.path)}"]`);
  const made = document.createElement("template");
  made.innerHTML = keys.reduce((html, each, index) => html.replaceAll(`{${index}}`, each), blank.innerHTML);
  const row = made.content.firstElementChild;
  row.dataset.row = `${key}+`;
  row.dataset.made = "";
  list.querySelector("[data-rows]").append(row);
  offerId(list, row);
  return row;
}

/** A new row that gets an id shows which one. */
function offerId(list, row) {
  if (!list.dataset.nextId) return;
  const [, head, digits] = list.dataset.nextId.match(/^(.*?)(\d+)$/);
  const input = controlsOf(row)[0];
  input.value = "";
  input.placeholder = list.dataset.nextId;
  list.dataset.nextId = head + String(Number(digits) + 1).padStart(digits.length, "0");
}

/** A copy of *row* behind it, with everything typed into it. */
export function copyRow(row) {
  const list = listOf(row);
  const key = nextKey(list);
  const [old, origin] = row.dataset.row.split("+");
  const copy = row.cloneNode(true);
  const from = `${list.dataset.list}/${old}`;
  const to = `${list.dataset.list}/${key}`;
  rename(copy, from, to);
  copy.dataset.row = `${key}+${origin ?? old}`;
  copy.dataset.made = "";
  const selects = [...row.querySelectorAll("select")];
  [...copy.querySelectorAll("select")].forEach((select, index) => (select.value = selects[index].value));
  for (const said of copy.querySelectorAll(".at, .stray, .err, .gone, .undo")) said.remove();
  for (const box of copy.querySelectorAll("[name=pick]")) box.checked = false;
  row.after(copy);
  offerId(list, copy);
  for (const input of [...controlsOf(copy), ...copy.querySelectorAll("[data-order]")]) {
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return copy;
}

/** Everything inside *copy* that goes by the name *from* goes by *to*. */
function rename(copy, from, to) {
  const escaped = from.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(`${escaped}(?=[/\\s-]|$)`, "g");
  for (const node of [copy, ...copy.querySelectorAll("*")]) {
    for (const attribute of [...node.attributes]) {
      if (attribute.name === "value" && !["op", "pick"].includes(node.name)) continue;
      if (attribute.value.includes(from)) node.setAttribute(attribute.name, attribute.value.replace(pattern, to));
    }
  }
}

export function dropRows(rows) {
  const list = listOf(rows[0]);
  const strip = undoStrip(rows.length === 1 ? `Row ${numberOf(rows[0])} deleted.` : `${rows.length} rows deleted.`, () => {
    for (const row of rows) row.hidden = false;
    settle(list);
    focusRow(rows[0]);
  });
  list.querySelector(":scope > .add").before(strip);
  for (const row of rows) {
    row.hidden = true;
    const tick = row.querySelector("[name=pick]");
    if (tick) tick.checked = false;
  }
  settle(list);
  strip.querySelector("button").focus();
}

const numberOf = (row) => row.querySelector("[data-number]").textContent;

/** “Row 3 deleted. Undo”, until something is undone or the next such strip appears. */
export function undoStrip(text, undo) {
  const button = element("button", { type: "button", class: "link" }, "Undo");
  const strip = element("p", { class: "undo" }, element("span", {}, text), button);
  button.addEventListener("click", () => {
    strip.remove();
    undo();
    announce("Undone.");
  });
  announce(`${text} You can undo this.`);
  return strip;
}

export function moveRows(rows, step) {
  const list = listOf(rows[0]);
  const chosen = new Set(rows);
  for (const row of step < 0 ? rows : [...rows].reverse()) {
    const all = rowsOf(list);
    const other = all[all.indexOf(row) + step];
    if (!other || chosen.has(other)) continue;
    if (step < 0) other.before(row);
    else other.after(row);
  }
  settle(list);
  announce(`Moved to row ${numberOf(rows[0])}.`);
}

export function focusRow(row) {
  const details = row.querySelector(":scope > details");
  if (details) details.open = true;
  (controlsOf(row)[0] ?? row).focus();
  row.scrollIntoView({ block: "nearest" });
}

function act(event) {
  const button = event.target.closest("button[name=op]");
  if (!button || !button.closest("[data-list]")) return;
  const [verb, name] = button.value.split(/:(.*)/s);
  const list = verb.endsWith("-picked") || verb === "add" ? listOf(button) : listOf(rowOf(button));
  const rows = verb.endsWith("-picked") ? rowsOf(list).filter((row) => row.querySelector("[name=pick]")?.checked) : [rowOf(button)];
  const action = ACTIONS[verb.replace("-picked", "")];
  if (!action || (verb.endsWith("-picked") && !rows.length)) return;
  event.preventDefault();
  action(list, rows, button, name);
}

const ACTIONS = {
  add(list) {
    const row = addRow(list);
    settle(list);
    focusRow(row);
    announce(`Row ${numberOf(row)} added.`);
  },
  copy(list, rows) {
    const copies = rows.map(copyRow);
    settle(list);
    focusRow(copies[0]);
  },
  drop: (list, rows) => dropRows(rows),
  up(list, rows, button) {
    moveRows(rows, -1);
    button.focus();
  },
  down(list, rows, button) {
    moveRows(rows, 1);
    button.focus();
  },
};

/** Alt with the arrows moves the row; Enter goes down as in a spreadsheet, and adds a row at the end. */
function keys(event) {
  const row = rowOf(event.target);
  if (!row || !event.target.matches(CONTROLS)) return;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    moveRows([row], event.key === "ArrowUp" ? -1 : 1);
    event.target.focus();
  } else if (event.key === "Enter" && !event.shiftKey && !event.defaultPrevented && row.matches("tbody, .value")) {
    event.preventDefault();
    const list = listOf(row);
    const column = controlsOf(row).indexOf(event.target);
    let next = rowsOf(list)[rowsOf(list).indexOf(row) + 1];
    if (!next) {
      if (!controlsOf(row).some((input) => input.type !== "checkbox" && input.value)) return;
      next = addRow(list);
      settle(list);
    }
    controlsOf(next)[column]?.focus();
  }
}

let dragged = null;

/** The number of a row is its handle. */
function drag(event) {
  const handle = event.target.closest?.(".no");
  const row = handle && rowOf(handle);
  if (event.type === "pointerdown") {
    if (row) row.draggable = event.target.matches("[name=pick]") ? false : true;
  } else if (event.type === "dragstart") {
    dragged = event.target.closest?.("[data-row][draggable=true]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.classList.add("dragging");
  } else if (event.type === "dragover" && dragged) {
    const over = rowOf(event.target);
    if (!over || over === dragged || over.parentElement !== dragged.parentElement) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged);
    else over.after(dragged);
  } else if (event.type === "dragend" && dragged) {
    dragged.classList.remove("dragging");
    dragged.draggable = false;
    settle(listOf(dragged));
    dragged = null;
  }
}

export function connectRows() {
  form.addEventListener("click", act);
  form.addEventListener("keydown", keys);
  for (const type of ["pointerdown", "dragstart", "dragover", "dragend"]) form.addEventListener(type, drag);
}
