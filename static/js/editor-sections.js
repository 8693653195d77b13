// The outline follows the reader, opens what it leads to, and folds away on small screens.

import { form } from "./editor-names.js";

const outline = document.getElementById("outline");

function current(id) {
  for (const link of outline.querySelectorAll("a[data-section]")) {
    if (link.dataset.section === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const one = outline.querySelector("[data-one]");
  if (one && id) one.href = `?section=${encodeURIComponent(id)}`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Open everything around the part of the page that the address names, and go there. */
function reveal(hash) {
  const target = hash.length > 1 && (document.getElementById(hash.slice(1)) ?? document.getElementById(decoded(hash.slice(1))));
  if (!target || !form.contains(target)) return;
  if (target.matches("details")) target.open = true;
  target.querySelector(":scope > details")?.setAttribute("open", "");
  for (let at = target.parentElement; at; at = at.parentElement) if (at.matches("details")) at.open = true;
  target.scrollIntoView({ block: target.matches("details") ? "start" : "center" });
  if (target.matches("input, select, textarea")) target.focus({ preventScroll: true });
}

/** Which section a reader is in: the last one whose top has passed the upper third. */
function follow() {
  const line = window.innerHeight / 3;
  const parts = [...form.querySelectorAll("[data-part]")];
  const here = parts.filter((part) => part.getBoundingClientRect().top < line).at(-1) ?? parts[0];
  if (here) current(here.dataset.part);
}

export function connectSections() {
  if (new URLSearchParams(location.search).has("section")) return reveal(location.hash);
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  };
  window.addEventListener("scroll", soon, { passive: true });
  document.addEventListener("editor:kept", soon);
  window.addEventListener("hashchange", () => reveal(location.hash));
  outline.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    reveal(link.hash);
    document.getElementById(link.hash.slice(1))?.querySelector("summary")?.focus({ preventScroll: true });
    if (window.matchMedia("(max-width: 64rem)").matches) outline.querySelector("details").open = false;
  });
  if (window.matchMedia("(max-width: 64rem)").matches) outline.querySelector("details").open = false;
  reveal(location.hash);
  follow();
  return undefined;
}
