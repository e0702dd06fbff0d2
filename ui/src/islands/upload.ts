// <xz-upload>: several files, progress for each, resumable by parts. Inside it stands a plain file field,
// which sends the files with the form where no script runs.
//
// POST {url} {name, size_bytes}           → {id, part_bytes}
// GET  {url}/{id}                         → {parts: [0, 1, …]}   what has arrived
// PUT  {url}/{id}/parts/{n}  bytes        → 2xx
// POST {url}/{id}/complete                → 2xx; the form then carries <input name={field} value={id}>
// POST {url}/{id}/poster    image/jpeg    → 2xx; a frame of a film, where this browser shows it

import { pictureOf } from "./poster";
import { straighten } from "./straighten";

interface Begun { id: string; part_bytes: number }

const TRIES = 6;

class Upload extends HTMLElement {
  #list!: HTMLUListElement;

  connectedCallback(): void {
    const field = this.querySelector<HTMLInputElement>('input[type="file"]:not([capture])');
    if (!field || this.#list) return;
    this.#list = document.createElement("ul");
    this.#list.className = "uploads";
    this.#list.setAttribute("aria-live", "polite");
    this.append(this.#list);
    field.addEventListener("change", () => { this.#take(field.files); field.value = ""; });
    this.#camera();
    this.addEventListener("dragover", (event) => { event.preventDefault(); this.classList.add("is-over"); });
    this.addEventListener("dragleave", () => this.classList.remove("is-over"));
    this.addEventListener("drop", (event) => { event.preventDefault(); this.classList.remove("is-over"); this.#take(event.dataTransfer?.files ?? null); });
  }

  /** A telephone photographs at once; what it took is put straight before it is sent. */
  #camera(): void {
    const words = (name: string): string => this.#words(name, "");
    if (!words("photo")) return;
    const field = document.createElement("input");
    Object.assign(field, { type: "file", accept: "image/*", hidden: true });
    field.setAttribute("capture", "environment");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn", textContent: words("photo") });
    button.addEventListener("click", () => field.click());
    field.addEventListener("change", () => {
      const [file] = field.files ?? [];
      if (file) void straighten(file, words).then((made) => { if (made) void this.#send(made); button.focus(); });
      field.value = "";
    });
    this.prepend(button, field);
  }

  #words(name: string, fallback: string): string {
    return this.dataset[name] ?? fallback;
  }

  #take(files: FileList | null): void {
    for (const file of files ?? []) void this.#send(file);
  }

  #row(file: File): { state: HTMLElement; bar: HTMLProgressElement; row: HTMLLIElement } {
    const row = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const state = document.createElement("span");
    const bar = document.createElement("progress");
    bar.max = Math.max(file.size, 1);
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    row.append(name, state, bar);
    this.#list.append(row);
    return { state, bar, row };
  }

  async #send(file: File): Promise<void> {
    const { state, bar, row } = this.#row(file);
    const limit = Number(this.dataset.maxBytes ?? 0);
    if (file.size === 0 || (limit > 0 && file.size > limit)) {
      state.textContent = this.#words(file.size === 0 ? "empty" : "tooLarge", "!");
      return bar.remove();
    }
    const picture = file.type.startsWith("video/") ? pictureOf(file) : null;
    try {
      const id = await this.#parts(file, (sent) => { bar.value = sent; state.textContent = `${Math.floor((sent / file.size) * 100)} %`; }, () => { state.textContent = this.#words("waiting", "…"); });
      await this.#picture(id, picture);
      state.textContent = this.#words("done", "✓");
      const kept = document.createElement("input");
      Object.assign(kept, { type: "hidden", name: this.dataset.field ?? "upload", value: id });
      row.append(kept);
      kept.dispatchEvent(new Event("change", { bubbles: true }));
    } catch (reason) {
      state.textContent = reason instanceof Refused ? reason.message : this.#words("failed", "!");
      const again = document.createElement("button");
      Object.assign(again, { type: "button", className: "btn", textContent: this.#words("again", "↻") });
      again.addEventListener("click", () => { row.remove(); void this.#send(file); });
      row.append(again);
    }
  }

  /** A film goes with a picture of it; without one it goes all the same. */
  async #picture(id: string, picture: Promise<Blob | null> | null): Promise<void> {
    const frame = await picture;
    if (!frame) return;
    await fetch(`${this.dataset.url ?? "/uploads"}/${id}/poster`, { method: "POST", body: frame, headers: { "Content-Type": "image/jpeg", Accept: "application/json" } }).catch(() => undefined);
  }

  async #parts(file: File, progress: (sent: number) => void, waiting: () => void): Promise<string> {
    const url = this.dataset.url ?? "/uploads";
    const { id, part_bytes, arrived } = await this.#begin(url, file);
    const count = Math.ceil(file.size / part_bytes);
    for (let n = 0; n < count; n += 1) {
      const part = file.slice(n * part_bytes, (n + 1) * part_bytes);
      if (!arrived.has(n)) await patiently(() => fetch(`${url}/${id}/parts/${n}`, { method: "PUT", body: part, headers: { "Content-Type": "application/octet-stream" } }), waiting);
      progress(Math.min((n + 1) * part_bytes, file.size));
    }
    await patiently(() => fetch(`${url}/${id}/complete`, { method: "POST", headers: { Accept: "application/json" } }), waiting);
    forget(file);
    return id;
  }

  /** Goes on with an upload that was broken off, if this browser remembers it and the court still has it. */
  async #begin(url: string, file: File): Promise<Begun & { arrived: Set<number> }> {
    const known = remembered(file);
    if (known) {
      const answer = await fetch(`${url}/${known.id}`, { headers: { Accept: "application/json" } }).catch(() => undefined);
      if (answer?.ok) return { ...known, arrived: new Set(((await answer.json()) as { parts: number[] }).parts) };
    }
    const answer = await patiently(() => fetch(url, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ name: file.name, size_bytes: file.size }) }), () => {});
    const begun = (await answer.json()) as Begun;
    remember(file, begun);
    return { ...begun, arrived: new Set() };
  }
}

class Refused extends Error {}

/** Tries again while the network or the server is away; a refusal (4xx) is final and speaks for itself. */
async function patiently(send: () => Promise<Response>, waiting: () => void): Promise<Response> {
  for (let tried = 0; ; tried += 1) {
    const answer = await send().catch(() => undefined);
    if (answer?.ok) return answer;
    if (answer && answer.status < 500 && answer.status !== 408 && answer.status !== 429) {
      const problem = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string; errors?: { detail: string }[] };
      throw new Refused(problem.errors?.[0]?.detail ?? problem.detail ?? problem.title ?? String(answer.status));
    }
    if (tried >= TRIES) throw new Error("unreachable");
    waiting();
    await new Promise((resume) => setTimeout(resume, 500 * 2 ** tried));
  }
}

const slot = (file: File): string => `upload ${file.name} ${file.size} ${file.lastModified}`;

function remembered(file: File): Begun | undefined {
  try {
    const kept = sessionStorage.getItem(slot(file));
    return kept ? (JSON.parse(kept) as Begun) : undefined;
  } catch { return undefined; }
}

function remember(file: File, begun: Begun): void {
  try { sessionStorage.setItem(slot(file), JSON.stringify(begun)); } catch { /* private mode: the upload then starts anew */ }
}

function forget(file: File): void {
  try { sessionStorage.removeItem(slot(file)); } catch { /* nothing was kept */ }
}

customElements.define("xz-upload", Upload);
