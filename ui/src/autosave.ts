// Drafts: a form with data-draft="URL" posts itself there after each change and says when it was kept.
// The server answers any 2xx; the mark takes its words from data-saved, data-saving and data-failed.

const PAUSE_MS = 700;
const waiting = new WeakMap<HTMLFormElement, number>();
let composing = false;

type State = "busy" | "saved" | "failed";

function mark(form: HTMLFormElement, state: State): void {
  const place = form.querySelector<HTMLElement>("[data-draft-mark]") ?? document.querySelector<HTMLElement>(`[data-draft-mark="${form.id}"]`);
  if (!place) return;
  const now = new Date();
  const time = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
  const words = { busy: place.dataset.saving, saved: place.dataset.saved, failed: place.dataset.failed }[state] ?? "";
  place.classList.remove("is-new");
  place.classList.toggle("is-busy", state === "busy");
  place.classList.toggle("is-failed", state === "failed");
  (place.querySelector("span") ?? place).textContent = words.replace("{time}", time);
}

function body(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  return fields;
}

async function save(form: HTMLFormElement): Promise<void> {
  const url = form.dataset.draft;
  // A form that is on its way carries everything: what is kept in passing must not come after it.
  if (!url || form.dataset.sending) return;
  mark(form, "busy");
  try {
    const answer = await fetch(url, { method: "POST", body: body(form), headers: { Accept: "application/json" }, keepalive: true });
    mark(form, answer.ok ? "saved" : "failed");
    if (!answer.ok) schedule(form, 15_000);
  } catch {
    mark(form, "failed");
    schedule(form, 5_000);
  }
}

function schedule(form: HTMLFormElement, pause = PAUSE_MS): void {
  window.clearTimeout(waiting.get(form));
  waiting.set(form, window.setTimeout(() => { waiting.delete(form); void save(form); }, pause));
}

function changed(event: Event): void {
  const field = event.target as HTMLInputElement;
  const form = field.form ?? field.closest?.("form");
  if (form instanceof HTMLFormElement && form.dataset.draft && !composing) schedule(form);
}

/** What was typed a moment before the page is left is kept too. */
function leave(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
    if (!waiting.has(form) || form.dataset.sending) continue;
    window.clearTimeout(waiting.get(form));
    waiting.delete(form);
    navigator.sendBeacon(form.dataset.draft ?? "", body(form));
  }
}

export function keepDrafts(): void {
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", (event) => { composing = false; changed(event); });
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  window.addEventListener("pagehide", leave);
}
