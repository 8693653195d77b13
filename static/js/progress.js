// Says how a check or a sync gets on: in the title of the page, and once for each state to those who listen.

const SAID = {
  queued: "Waiting for a worker.",
  running: "Comparing the documents.",
  done: "The check is done.",
  failed: "The check failed.",
};
let said = SAID[document.querySelector("[data-state]")?.dataset.state];

document.addEventListener("htmx:afterSettle", () => {
  const section = document.querySelector("[data-state]");
  const now = section?.dataset.state;
  const text = section?.dataset.said ?? SAID[now];
  if (!now || text === said) return;
  said = text;
  const place = document.getElementById("progress-said");
  if (place) place.textContent = text;
  document.title = document.title.replace(/: (queued|running)/, `: ${now}`);
});
