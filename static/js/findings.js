// Moves from finding to finding by j and k opens the field by o, decides by d and ticks by x, as long as the focus is among the findings.

const REVIEW = "#review";

function step(from, by) {
  const all = [...document.querySelectorAll(`${REVIEW} article`)];
  const here = from.closest("article");
  const next = all[here ? all.indexOf(here) + by : 0];
  if (!next) return;
  next.tabIndex = -1;
  next.focus();
}

document.addEventListener("keydown", (event) => {
  const from = event.target;
  const typing = event.ctrlKey || event.altKey || event.metaKey || from.matches("input, select, textarea");
  if (typing || !from.closest(REVIEW)) return;
  if (event.key === "j") step(from, 1);
  else if (event.key === "k") step(from, -1);
  else if (event.key === "o") from.closest("article")?.querySelector("a.path, td a")?.click();
  else if (event.key === "d") from.closest("article")?.querySelector("a.decide")?.click();
  else if (event.key === "x") from.closest("article")?.querySelector("input[form=bulk]")?.click();
});

function showHint() {
  for (const hint of document.querySelectorAll(`${REVIEW} .hint[hidden]`)) hint.hidden = false;
}

document.addEventListener("htmx:afterSettle", showHint);
showHint();
