// <xz-transcript>: the record of a hearing, typed live under an input method.
// Inside stands a form with a textarea and its revision; without a script the form's own verb keeps it.
// POST data-url {text, revision} → {revision}; 409 {text, revision}: somebody else wrote on.
// While characters are being composed nothing is sent: half a syllable is not a word.

const PAUSE_MS = 600;
const AT_MOST_MS = 4000;

class Transcript extends HTMLElement {
  #text!: HTMLTextAreaElement;
  #composing = false;
  #timer = 0;
  #since = 0;
  #sending = false;
  #sent = "";

  connectedCallback(): void {
    const text = this.querySelector("textarea");
    if (!text || this.#text) return;
    this.#text = text;
    this.#sent = text.value;
    text.addEventListener("compositionstart", () => { this.#composing = true; window.clearTimeout(this.#timer); });
    text.addEventListener("compositionend", () => { this.#composing = false; this.#soon(); });
    text.addEventListener("input", () => this.#soon());
    text.addEventListener("keydown", (event) => this.#phrase(event));
    window.addEventListener("pagehide", () => this.#leave());
  }

  get #revision(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>('input[name="revision"]');
  }

  /** Waits for a pause in the typing, but never longer than a few seconds. */
  #soon(): void {
    if (this.#composing) return;
    window.clearTimeout(this.#timer);
    this.#since ||= Date.now();
    const pause = Date.now() - this.#since > AT_MOST_MS ? 0 : PAUSE_MS;
    this.#timer = window.setTimeout(() => void this.#save(), pause);
  }

  async #save(): Promise<void> {
    if (this.#composing || this.#sending || this.#text.value === this.#sent) return;
    this.#sending = true;
    this.#since = 0;
    const text = this.#text.value;
    this.#mark("saving");
    try {
      const answer = await fetch(this.dataset.url ?? "", { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ text, revision: Number(this.#revision?.value ?? 0) }) });
      if (answer.ok) this.#kept(text, (await answer.json()) as { revision: number });
      else this.#mark(answer.status === 409 ? "conflict" : "failed");
    } catch {
      this.#mark("failed");
      this.#timer = window.setTimeout(() => void this.#save(), 5000);
    } finally {
      this.#sending = false;
    }
    if (this.#text.value !== this.#sent && this.#sent === text) this.#soon();
  }

  #kept(text: string, { revision }: { revision: number }): void {
    this.#sent = text;
    const field = this.#revision;
    if (field) field.value = String(revision);
    this.#mark("saved");
  }

  #mark(state: "saving" | "saved" | "failed" | "conflict"): void {
    const place = this.querySelector<HTMLElement>("[data-draft-mark]");
    if (!place) return;
    const now = new Date();
    const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((n) => String(n).padStart(2, "0")).join(":");
    place.classList.remove("is-new");
    place.classList.toggle("is-busy", state === "saving");
    place.classList.toggle("is-failed", state === "failed" || state === "conflict");
    (place.querySelector("span") ?? place).textContent = (place.dataset[state] ?? "").replace("{time}", time);
  }

  /** Alt and a digit write the opening words of a speaker, from the buttons [data-phrase] in their order. */
  #phrase(event: KeyboardEvent): void {
    if (!event.altKey || !/^[1-9]$/.test(event.key) || event.isComposing) return;
    const phrase = this.querySelectorAll<HTMLElement>("[data-phrase]")[Number(event.key) - 1]?.dataset.phrase;
    if (!phrase) return;
    event.preventDefault();
    const fresh = this.#text.selectionStart === 0 || this.#text.value[this.#text.selectionStart - 1] === "\n" ? phrase : `\n${phrase}`;
    this.#text.setRangeText(fresh, this.#text.selectionStart, this.#text.selectionEnd, "end");
    this.#soon();
  }

  #leave(): void {
    if (this.#text.value === this.#sent || !this.dataset.url) return;
    navigator.sendBeacon(this.dataset.url, new Blob([JSON.stringify({ text: this.#text.value, revision: Number(this.#revision?.value ?? 0) })], { type: "application/json" }));
  }
}

customElements.define("xz-transcript", Transcript);
