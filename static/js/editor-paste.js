// Cells copied from a spreadsheet fill the rows of a table, from the cell they are pasted into.

import { announce, type } from "./editor-names.js";
import { addRow, controlsOf, dropRows, listOf, rowOf, rowsOf, settle, undoStrip } from "./editor-rows.js";

const MOST = 2000;

/** The cells of *text*: tabs between columns, line ends between rows; quoted cells may hold both. */
export function cellsOf(text) {
  const rows = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    rows.at(-1).push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
    if (match[3] && match[3] !== "\t" && pattern.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

/** The columns that a pasted heading names, or null if the first row is none. */
function heading(cells, list) {
  const labels = [...list.querySelectorAll("thead th:not(.no, .do)")].map((th) => th.querySelector("span")?.textContent.trim().toLowerCase());
  const found = cells.map((cell) => labels.indexOf(cell.trim().toLowerCase()));
  return found.filter((column) => column >= 0).length * 2 > cells.length && cells.length > 1 ? found : null;
}

function paste(event) {
  const row = event.target.closest?.("tbody[data-row], li[data-row]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!row || event.target.name === "pick" || !/[\t\n\r]/.test(text.trim())) return;
  const list = listOf(row);
  let cells = cellsOf(text.replace(/(\r\n|\r|\n)$/, ""));
  if (cells.length === 1 && cells[0].length === 1) return;
  event.preventDefault();
  const named = heading(cells[0], list);
  if (named) cells = cells.slice(1);
  const first = named ? 0 : controlsOf(row).indexOf(event.target);
  fill(list, row, cells.slice(0, MOST), (index) => (named ? named[index] : first + index));
}

function fill(list, row, cells, columnOf) {
  const rows = rowsOf(list);
  const start = rows.indexOf(row);
  const before = [];
  const added = [];
  const refused = [];
  cells.forEach((texts, offset) => {
    let target = rows[start + offset];
    if (!target) {
      target = addRow(list);
      added.push(target);
    }
    const inputs = controlsOf(target);
    texts.forEach((text, index) => {
      const input = inputs[columnOf(index)];
      if (!input) return;
      before.push([input, input.type === "checkbox" ? String(input.checked) : input.value]);
      if (!type(input, text)) refused.push(text);
    });
  });
  settle(list);
  const said = `${cells.length} rows pasted${refused.length ? `; ${refused.length} values are not among the choices and were left out, such as “${refused[0]}”` : ""}.`;
  const strip = undoStrip(said, () => {
    for (const [input, text] of before) type(input, text);
    if (added.length) {
      dropRows(added);
      list.querySelector(":scope > .undo")?.remove();
    }
    settle(list);
  });
  list.querySelector(":scope > .add").before(strip);
  announce(said);
}

export function connectPaste(form) {
  form.addEventListener("paste", paste);
}
