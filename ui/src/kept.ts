// What was typed is not lost. A form is remembered in this tab when it is sent, until the court took it: where the act
// is refused, its page has everything again. Whoever writes words and leaves before sending finds them again too.
// The server's own drafts (data-draft) are kept there and not here. Nothing hidden, secret or chosen as a file is kept.

const PREFIX = "xz-kept ";
const SENT = "xz-sent";
const AGE_MS = 2 * 60 * 60 * 1000;

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
/** Name, which one of that name, value or tick. */
type Typed = [name: string, nth: number, value: string | boolean];
interface Kept { at: number; reader: string; back: boolean; typed: Typed[] }

const reader = (): string => document.documentElement.dataset.reader ?? "";
const word = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";

const isKept = (form: HTMLFormElement): boolean =>
  form.method === "post" && !form.dataset.draft && !form.hasAttribute("data-again") && form.closest("main") !== null;

/** A form of a page: the page, where the form goes, and which of several that go there. */
function keyOf(form: HTMLFormElement): string {
  const action = form.getAttribute("action") ?? "";
  const alike = [...document.forms].filter((one) => one.method === "post" && one.getAttribute("action") === action);
  return `${PREFIX}${location.pathname}${location.search} ${action} ${alike.indexOf(form)}`;
}

function* controls(form: HTMLFormElement): Generator<[Control, string, number]> {
  const seen = new Map<string, number>();
  for (const element of form.elements) {
    const control = element as Control;
    if (!control.name || !("value" in control) || element instanceof HTMLButtonElement) continue;
    if (/^(hidden|password|file|submit|button)$/.test(control.type) || control.autocomplete === "one-time-code") continue;
    const nth = seen.get(control.name) ?? 0;
    seen.set(control.name, nth + 1);
    yield [control, control.name, nth];
  }
}

const isTick = (control: Control): control is HTMLInputElement => control.type === "checkbox" || control.type === "radio";

function keep(form: HTMLFormElement, back: boolean): void {
  const typed = [...controls(form)].map(([control, name, nth]): Typed => [name, nth, isTick(control) ? control.checked : control.value]);
  if (!typed.length) return;
  const kept: Kept = { at: Date.now(), reader: reader(), back, typed };
  try { sessionStorage.setItem(keyOf(form), JSON.stringify(kept)); } catch { /* a tab without room keeps nothing */ }
}

function stored(key: string): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as Kept | null;
    return kept && Date.now() - kept.at < AGE_MS ? kept : null;
  } catch { return null; }
}

/** What this reader typed, and nobody else. */
function read(key: string): Kept | null {
  const kept = stored(key);
  return kept?.reader === reader() ? kept : null;
}

/** Puts back what was typed where it differs; tells the first control that it touched. */
function putBack(form: HTMLFormElement, kept: Kept): Control | undefined {
  const typed = new Map(kept.typed.map(([name, nth, value]) => [`${nth} ${name}`, value]));
  let first: Control | undefined;
  for (const [control, name, nth] of controls(form)) {
    const value = typed.get(`${nth} ${name}`);
    if (value === undefined || value === (isTick(control) ? control.checked : control.value)) continue;
    if (isTick(control)) control.checked = value === true;
    else control.value = String(value);
    control.dispatchEvent(new Event("change", { bubbles: true }));
    for (let fold = control.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
    first ??= control;
  }
  return first;
}

/** Says so, and lets the reader begin anew. */
function tell(form: HTMLFormElement, key: string): void {
  const note = document.createElement("p");
  note.className = "kept";
  note.setAttribute("role", "status");
  const anew = document.createElement("button");
  anew.type = "button";
  anew.className = "btn verb";
  anew.textContent = word("kept-anew");
  anew.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    form.reset();
    note.remove();
  });
  const files = form.querySelector('input[type="file"]') ? ` ${word("kept-files")}` : "";
  note.append(word("kept"), files, " ", anew);
  form.prepend(note);
}

/** The act that was sent last: was it taken? */
function settle(refused: boolean): void {
  const key = sessionStorage.getItem(SENT);
  if (!key) return;
  // Whoever must sign in again is nobody in between.
  const kept = stored(key);
  if (refused && kept) return sessionStorage.setItem(key, JSON.stringify({ ...kept, back: true }));
  sessionStorage.removeItem(SENT);
  if (!kept?.back) sessionStorage.removeItem(key);
}

export function keepTyped(): void {
  const refused = document.querySelector("[data-refused]") !== null;
  settle(refused || location.pathname === "/sign-in");
  if (!refused) {
    for (const form of document.forms) {
      if (!isKept(form)) continue;
      const key = keyOf(form);
      const kept = read(key);
      if (!kept?.back) continue;
      const first = putBack(form, kept);
      if (!first) continue;
      tell(form, key);
      if (!location.hash) first.focus();
    }
  }
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.getAttribute("action") === "/sign-out") return sessionStorage.clear();
    if (!isKept(form)) return;
    // What is mended on the page of a refusal is the form it came from: once it is taken, both are done.
    const before = sessionStorage.getItem(SENT);
    if (refused && before) {
      const kept = read(before);
      if (kept) sessionStorage.setItem(before, JSON.stringify({ ...kept, back: false }));
      return;
    }
    keep(form, false);
    sessionStorage.setItem(SENT, keyOf(form));
  });
  document.addEventListener("input", (event) => {
    const form = event.target instanceof HTMLTextAreaElement ? event.target.form : null;
    if (form && isKept(form) && !refused) keep(form, true);
  });
}
