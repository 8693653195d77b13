// Keeps what is typed on the server, within two seconds of the last key, without ever making anybody wait.

import { announce, element, form, textOf } from "./editor-names.js";

const AFTER = 700; // milliseconds without a key
const LATEST = 1500; // milliseconds since the first key not kept yet
const MANY = 100; // inputs that a browser may not send any more once the page is left
const dirty = new Set();
let timer = 0;
let first = 0;
let sending = null;
let flying = [];
let failures = 0;
let leaving = false;
let wrong = {};

const isField = (name) => name?.startsWith("/") || name?.startsWith("=/");
const token = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

function touched(event) {
  const name = event.target.name;
  if (!isField(name)) return;
  dirty.add(name);
  event.target.closest("[data-field]")?.classList.add("changed");
  plan();
}

function plan(wait = AFTER) {
  first ||= Date.now();
  clearTimeout(timer);
  timer = setTimeout(flush, Math.max(0, Math.min(wait, first + LATEST - Date.now(), wait)));
}

function packed(names) {
  const body = new URLSearchParams();
  for (const name of ["based_on", "draft", "version", "section"]) body.set(name, form.elements[name].value);
  for (const name of names) body.append(name, name.startsWith("=") ? (textOf(name) === "true" ? "on" : "") : textOf(name));
  return body;
}

/** Send what is not kept yet; resolves once nothing is left, or it failed. */
export async function flush() {
  clearTimeout(timer);
  if (sending) return sending;
  if (!dirty.size || leaving) return null;
  const names = (flying = [...dirty]);
  dirty.clear();
  first = 0;
  sending = send(names).finally(() => {
    sending = null;
    flying = [];
    if (dirty.size && !failures) plan();
  });
  return sending;
}

async function send(names) {
  try {
    const response = await fetch(form.dataset.draft, {
      method: "POST",
      body: packed(names),
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
      redirect: "manual",
      keepalive: names.length < MANY, // a page that is left lets a short request finish
    });
    if (response.status === 409) return fork(names);
    if (response.type === "opaqueredirect" || response.status === 403) {
      throw new Error("You are logged out. Log in again in another tab; what you typed stays here and will be kept then.");
    }
    if (!response.ok) throw new Error((await response.json().catch(() => ({}))).error ?? "The server did not accept the draft. What you typed stays here.");
    failures = 0;
    show(await response.json());
  } catch (error) {
    for (const name of names) dirty.add(name);
    failures += 1;
    const words = error instanceof TypeError ? "No connection: what you typed stays here and will be kept as soon as there is one." : error.message;
    say(words, "major");
    plan(Math.min(30000, 1000 * 2 ** failures));
    first = Date.now() + 30000;
  }
  return null;
}

/** Another window goes on with the same draft: this one begins its own, with everything it shows. */
function fork(names) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  form.elements.draft.value = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  form.elements.version.value = "0";
  for (const input of form.elements) if (isField(input.name)) dirty.add(input.name);
  for (const name of names) dirty.add(name);
  say("Another window of yours edits this document as well; this one now keeps a draft of its own.", "info");
  return plan(0);
}

function say(text, tone) {
  const state = document.getElementById("draft-state");
  if (!state) return;
  state.className = tone === "info" ? "soft" : `sev ${tone}`;
  state.textContent = text;
}

function show(answer) {
  form.elements.version.value = answer.version;
  replace(document.getElementById("savebar"), answer.savebar);
  replace(document.getElementById("outline"), answer.outline);
  for (const [id, [gist, state]] of Object.entries(answer.parts)) {
    const part = form.querySelector(`[data-part="${CSS.escape(id)}"]`);
    if (!part) continue;
    part.querySelector(":scope > summary .gist").textContent = gist;
    part.querySelector(":scope > summary [data-state]").innerHTML = state;
  }
  wrong = answer.wrong;
  for (const field of form.querySelectorAll("[data-field]")) judge(field);
  const missing = new Set(answer.missing);
  for (const mark of form.querySelectorAll("[data-required]")) {
    const control = mark.closest("[data-field], .list");
    const name = control?.dataset.list ?? control?.querySelector("[id][name]")?.name;
    if (name) mark.classList.toggle("wanted", missing.has(name));
  }
  const mended = new Set(answer.mended);
  for (const remark of form.querySelectorAll("[data-print]")) remark.classList.toggle("mended", mended.has(remark.dataset.print));
  if (answer.stale) stale();
  document.dispatchEvent(new CustomEvent("editor:kept"));
}

/** Show new HTML from the server; what is open there stays open, and the focus stays where it is. */
function replace(target, html) {
  const opened = [...target.querySelectorAll("details")].map((each) => each.open);
  const at = [...target.querySelectorAll("a, button, summary")].indexOf(document.activeElement);
  target.innerHTML = html;
  target.querySelectorAll("details").forEach((each, index) => (each.open = opened[index] ?? each.open));
  if (at >= 0) target.querySelectorAll("a, button, summary")[at]?.focus();
  for (const button of target.querySelectorAll("[data-nojs]")) button.hidden = true;
}

/** An error appears when a field is left, and goes as soon as it is mended. */
function judge(field) {
  const control = field.querySelector("[id][name]");
  if (!control || control.type === "hidden") return;
  const message = wrong[control.name];
  const shown = field.querySelector(".err");
  if (!message) {
    shown?.remove();
    control.removeAttribute("aria-invalid");
  } else if (document.activeElement !== control && shown?.textContent !== message) {
    shown?.remove();
    const id = `${control.id}-e`;
    const box = field.querySelector(":scope > .more") ?? control.parentElement;
    box.prepend(element("p", { class: "err", id }, message));
    control.setAttribute("aria-invalid", "true");
    const described = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
    control.setAttribute("aria-describedby", [...described, id].join(" "));
  }
}

function stale() {
  if (document.getElementById("stale-notice")) return;
  const link = element("a", { href: `${form.dataset.resolve}?draft=${form.elements.draft.value}`, "data-leave": "" }, "Compare now");
  const text = element("p", {}, "Somebody else has saved this document while you were editing. Saving will show both versions for you to choose from. ", link);
  document.getElementById("notices").append(element("div", { class: "notice wait", id: "stale-notice", role: "alert" }, element("span"), element("div", {}, text)));
}

/** The last words before the window goes. */
function farewell() {
  if (!dirty.size || leaving) return;
  const body = packed([...flying, ...dirty]);
  body.delete("version"); // the last request may not have been answered yet
  body.set("csrfmiddlewaretoken", token());
  navigator.sendBeacon(form.dataset.draft, body);
}

function leave(event) {
  const link = event.target.closest("a[data-leave]");
  if (!link || event.ctrlKey || event.metaKey || (!dirty.size && !sending)) return;
  event.preventDefault();
  Promise.resolve(sending).then(flush).finally(() => (location.href = link.href));
}

export function connectDraft() {
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("focusout", (event) => {
    const field = event.target.closest?.("[data-field]");
    if (field) setTimeout(judge, 0, field);
  });
  document.addEventListener("click", leave);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && farewell());
  window.addEventListener("pagehide", farewell);
  window.addEventListener("online", () => plan(0));
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (failures || dirty.size + flying.length >= MANY)) event.preventDefault();
  });
  form.addEventListener("submit", () => {
    leaving = true;
    form.elements.csrfmiddlewaretoken.value = token();
    announce("Saving.");
  });
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}
