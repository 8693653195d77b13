// Says how a check gets on: in the title of the page, and once for each state to those who listen.

const SAID = {
  queued: "Waiting for a worker.",
  running: "Comparing the documents.",
  done: "The check is done.",
  failed: "The check failed.",
};
let state = document.querySelector("[data-state]")?.dataset.state;

document.addEventListener("htmx:afterSettle", () => {
  const now = document.querySelector("[data-state]")?.dataset.state;
  if (!now || now === state) return;
  state = now;
  const place = document.getElementById("progress-said");
  if (place) place.textContent = SAID[now];
  document.title = document.title.replace(/: (queued|running)/, `: ${now}`);
});
