// What every page can do better with script: messages can be dismissed, the tab one is on is in sight. Nothing depends on it.

function offerDismiss(root) {
  for (const button of root.querySelectorAll("[data-dismiss][hidden]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (!button) return;
  const next = button.closest(".message").nextElementSibling?.querySelector("[data-dismiss]");
  button.closest(".message").remove();
  (next ?? document.getElementById("main")).focus();
});

document.addEventListener("htmx:afterSwap", (event) => offerDismiss(event.target));
offerDismiss(document);

for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const list = tab.closest("ul");
  list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
}
