// <xz-transcript>: the record of a hearing, typed live under an input method.
// Inside stands a form with a textarea and the hash of the text it began with; without a script the form's own
// verb keeps it.
//
// POST data-url {text, based_on, command} → {transcript_sha256, saved_at}; 409 "hearing.TranscriptChanged": somebody
// else wrote on. Then GET data-now tells what stands there, both texts are shown, and the writer decides.
//
// * While characters are being composed nothing is sent and nothing on the page moves: half a syllable is no word.
// * What was typed stays in this browser until the court has said that it is kept, whatever breaks in between.
// * Hints tell of the text of others; a page with nothing unsaved takes it over.

import { merged, spliced } from "./transcript-merge";

const PAUSE_MS = 700;
const AT_MOST_MS = 3000;
const RETRY_MS = 4000;

type State = "saving" | "saved" | "failed" | "conflict";
interface Kept { base: string; text: string }
interface Now { transcript: string; transcript_sha256: string }

class Transcript extends HTMLElement {
  #text!: HTMLTextAreaElement;
  #form!: HTMLFormElement;
  /** The text the court has, and its hash. */
  #sent = "";
  #base = "";
  /** What stood there before the characters now being composed. */
  #settled = "";
  #composing = false;
  /** Two texts are on the table, or the record is closed: nothing is sent until the writer has decided. */
  #held = false;
  #other: Now | undefined;
  #timer = 0;
  #since = 0;
  #running: Promise<boolean> | undefined;
  #attempt = { text: "", command: "" };

  connectedCallback(): void {
    const text = this.querySelector("textarea");
    const form = text?.form;
    if (!text || !form || this.#form) return;
    [this.#text, this.#form] = [text, form];
    this.#sent = text.value = text.defaultValue;
    this.#base = this.#field?.value ?? "";
    this.#listen();
    this.#recall();
  }

  #listen(): void {
    const text = this.#text;
    for (const keys of this.querySelectorAll<HTMLElement>("[data-speakers], [data-parts]")) keys.hidden = false;
    text.addEventListener("compositionstart", () => { this.#composing = true; this.#settled = text.value; window.clearTimeout(this.#timer); });
    text.addEventListener("compositionend", () => { this.#composing = false; this.#typed(); });
    text.addEventListener("input", () => { if (!this.#composing) this.#typed(); });
    text.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("click", (event) => this.#click(event));
    // Who presses the verb hears that it is kept, even when a pause kept it already.
    this.#form.addEventListener("submit", (event) => { event.preventDefault(); void this.save(true); });
    document.addEventListener("submit", (event) => void this.#before(event), true);
    document.addEventListener("visibilitychange", () => { if (document.hidden) void this.save(); });
    window.addEventListener("online", () => void this.save());
    window.addEventListener("pagehide", () => this.#leave());
    const others = document.getElementById("transcript-now");
    const told = others?.closest("[data-live]") ?? others;
    if (told) new MutationObserver(() => void this.#heard()).observe(told, { attributes: true, childList: true, subtree: true });
  }

  get #field(): HTMLInputElement | null {
    return this.#form.querySelector<HTMLInputElement>('input[name="based_on"]');
  }

  /** Takes up what an earlier page could not send. */
  #recall(): void {
    const kept = this.#kept();
    if (!kept || kept.text === this.#sent) return this.#keep();
    const now = { transcript: this.#sent, transcript_sha256: this.#base };
    this.#text.value = kept.text;
    if (kept.base === this.#base) this.#typed();
    else this.#show(now);
  }

  #typed(): void {
    this.#keep();
    if (this.#held) return;
    window.clearTimeout(this.#timer);
    this.#since ||= Date.now();
    const pause = Date.now() - this.#since > AT_MOST_MS ? 0 : PAUSE_MS;
    this.#timer = window.setTimeout(() => void this.save(), pause);
  }

  /** Sends what is unsaved, or `anyway`; true once the court has everything. */
  async save(anyway = false): Promise<boolean> {
    window.clearTimeout(this.#timer);
    if (this.#running) await this.#running;
    if (this.#composing || this.#held) return false;
    if (this.#text.value === this.#sent && !anyway) return true;
    this.#running = this.#send(this.#text.value);
    const sent = await this.#running;
    this.#running = undefined;
    if (sent && this.#text.value !== this.#sent) this.#typed();
    return sent;
  }

  async #send(text: string): Promise<boolean> {
    this.#since = 0;
    this.#mark("saving");
    // The same text sent again is the same act, so that a lost answer does no harm.
    if (this.#attempt.text !== text) this.#attempt = { text, command: uuid() };
    const answer = await this.#post(text).catch(() => undefined);
    if (answer?.ok) {
      const { transcript_sha256, saved_at } = (await answer.json()) as { transcript_sha256: string; saved_at: string };
      this.#agree(text, transcript_sha256);
      this.#mark("saved", saved_at);
      return true;
    }
    const problem = answer && answer.status < 500 ? ((await answer.json().catch(() => ({}))) as { code?: string; title?: string }) : {};
    if (problem.code === "hearing.TranscriptChanged") await this.#conflict();
    else if (answer?.status === 409) this.#stop(problem.title ?? "");
    else this.#later();
    return false;
  }

  /** The line is broken: it is tried again. */
  #later(): void {
    this.#mark("failed");
    this.#timer = window.setTimeout(() => void this.save(), RETRY_MS);
  }

  #post(text: string): Promise<Response> {
    const body = JSON.stringify({ text, based_on: this.#base, command: this.#attempt.command });
    return fetch(this.dataset.url ?? "", { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body });
  }

  /** The court has this text. */
  #agree(text: string, sha256: string): void {
    [this.#sent, this.#base] = [text, sha256];
    const field = this.#field;
    if (field) field.value = sha256;
    this.#keep();
  }

  async #now(): Promise<Now | undefined> {
    const answer = await fetch(this.dataset.now ?? "", { headers: { Accept: "application/json" } }).catch(() => undefined);
    if (!answer?.ok) return undefined;
    return ((await answer.json()) as { hearings: Now[] }).hearings[0];
  }

  async #conflict(): Promise<void> {
    const now = await this.#now();
    if (!now) return this.#later();
    await this.#quiet();
    if (now.transcript === this.#text.value) return this.#agree(now.transcript, now.transcript_sha256);
    this.#show(now);
  }

  /** Shows the other text below one's own, where nothing one is writing moves. */
  #show(now: Now): void {
    this.#held = true;
    this.#mark("conflict");
    const panel = this.querySelector<HTMLElement>("[data-two-texts]");
    const theirs = panel?.querySelector<HTMLElement>("[data-theirs]");
    if (!panel || !theirs) return;
    theirs.replaceChildren(...now.transcript.split("\n").map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    panel.hidden = false;
    this.#other = now;
  }

  /** Both texts together, or the other alone: the writer has decided. */
  #decide(both: boolean): void {
    const now = this.#other;
    if (!now) return;
    const mine = spliced(this.#sent, this.#text.value);
    const text = both ? merged(this.#sent, mine, now.transcript) : now.transcript;
    this.#held = false;
    this.#other = undefined;
    (this.querySelector("[data-two-texts]") as HTMLElement).hidden = true;
    this.#text.value = text;
    this.#agree(now.transcript, now.transcript_sha256);
    this.#text.focus();
    void this.save();
  }

  /** A record that takes no more words says why; what was typed stays on the page and in this browser. */
  #stop(why: string): void {
    this.#held = true;
    this.#mark("failed");
    const place = this.querySelector("[data-draft-mark] span");
    if (place && why) place.textContent = why;
  }

  /** Somebody wrote: a page with nothing unsaved takes it over, and the caret stays where it was. */
  async #heard(): Promise<void> {
    const sha256 = document.getElementById("transcript-now")?.dataset.sha256;
    if (this.#running) await this.#running;
    if (!sha256 || sha256 === this.#base || this.#held || this.#composing || this.#text.value !== this.#sent) return;
    const now = await this.#now();
    if (!now || this.#running || this.#composing || this.#text.value !== this.#sent) return;
    const { at, cut, text } = spliced(this.#sent, now.transcript);
    this.#text.setRangeText(text, at, at + cut, "preserve");
    this.#agree(now.transcript, now.transcript_sha256);
  }

  /** Waits until nothing is being composed. */
  #quiet(): Promise<void> {
    if (!this.#composing) return Promise.resolve();
    return new Promise((resume) => this.#text.addEventListener("compositionend", () => resume(), { once: true }));
  }

  /** A form that leads away goes after what was typed: the part entered, the hearing closed. */
  async #before(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    if (form === this.#form || this.#held || this.#text.value === this.#sent) return;
    event.preventDefault();
    event.stopPropagation();
    if (await this.save()) form.requestSubmit(event.submitter);
  }

  #click(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("button");
    if (button?.dataset.phrase) this.#insert(button.dataset.phrase);
    else if (button?.hasAttribute("data-both")) this.#decide(true);
    else if (button?.hasAttribute("data-other")) this.#decide(false);
  }

  /** Alt and a digit begin a speaker's words, with Shift they open a part; Ctrl S keeps at once. */
  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return;
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyS") {
      event.preventDefault();
      return void this.save();
    }
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (!event.altKey || !digit) return;
    const group = this.querySelector(event.shiftKey ? "[data-parts]" : "[data-speakers]");
    const phrase = group?.querySelectorAll<HTMLElement>("[data-phrase]")[Number(digit) - 1]?.dataset.phrase;
    if (!phrase) return;
    event.preventDefault();
    this.#insert(phrase);
  }

  /** Writes opening words on a line of their own, as typing does: undo takes them back. */
  #insert(phrase: string): void {
    const text = this.#text;
    const before = text.value.slice(0, text.selectionStart);
    const words = `${before === "" || before.endsWith("\n") ? "" : "\n"}${phrase}${phrase.endsWith("】") ? "\n" : ""}`;
    text.focus();
    if (!document.execCommand("insertText", false, words)) {
      text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
      this.#typed();
    }
  }

  #mark(state: State, at = ""): void {
    const place = this.querySelector<HTMLElement>("[data-draft-mark]");
    if (!place) return;
    place.classList.remove("is-new");
    place.classList.toggle("is-busy", state === "saving");
    place.classList.toggle("is-failed", state === "failed" || state === "conflict");
    (place.querySelector("span") ?? place).textContent = (place.dataset[state] ?? "").replace("{time}", at);
  }

  get #slot(): string { return `transcript ${this.dataset.url ?? ""}`; }

  #kept(): Kept | undefined {
    try {
      const kept = localStorage.getItem(this.#slot);
      return kept ? (JSON.parse(kept) as Kept) : undefined;
    } catch { return undefined; }
  }

  /** Keeps what the court does not have yet; forgets it once it has. */
  #keep(): void {
    const text = this.#composing ? this.#settled : this.#text.value;
    try {
      if (text === this.#sent) localStorage.removeItem(this.#slot);
      else localStorage.setItem(this.#slot, JSON.stringify({ base: this.#base, text } satisfies Kept));
    } catch { /* a browser that keeps nothing still sends */ }
  }

  #leave(): void {
    this.#keep();
    const text = this.#composing ? this.#settled : this.#text.value;
    if (text === this.#sent || this.#held || !this.dataset.url) return;
    navigator.sendBeacon(this.dataset.url, new Blob([JSON.stringify({ text, based_on: this.#base, command: uuid() })], { type: "application/json" }));
  }
}

/** A random identifier, also where the page is not served over TLS. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

customElements.define("xz-transcript", Transcript);
