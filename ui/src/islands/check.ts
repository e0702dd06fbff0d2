// <xz-check>: the fingerprint of a paper, computed here. The file never leaves the device: the form sends `sha256`
// instead of it. Of an archive kept with its proof, the paper inside is taken. Without a script the plain file field
// sends the file itself, and the help beside it says so.
import { sha256 } from "../sha256";

/** Of a proof's first line; whoever chose one meant the paper beside it. */
const PROOF = "c2sp.org/tlog-proof@";
const STORED = 0;
const DEFLATED = 8;

class Check extends HTMLElement {
  #state!: HTMLElement;
  #hash!: HTMLInputElement;
  #turn = 0;
  #busy = false;
  #wanted = false;

  connectedCallback(): void {
    const field = this.querySelector<HTMLInputElement>('input[type="file"]');
    const state = this.querySelector<HTMLElement>("[data-state]");
    if (!field || !state || this.#hash) return;
    field.removeAttribute("name"); // whatever happens, the file is not sent
    this.#state = state;
    this.#hash = document.createElement("input");
    Object.assign(this.#hash, { type: "hidden", name: "sha256" });
    this.append(this.#hash);
    const help = document.getElementById(field.getAttribute("aria-describedby") ?? "");
    if (help) help.textContent = this.dataset.here ?? "";
    field.addEventListener("change", () => void this.#take(field.files?.[0]));
    this.addEventListener("dragover", (event) => { event.preventDefault(); this.classList.add("is-over"); });
    this.addEventListener("dragleave", () => this.classList.remove("is-over"));
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.classList.remove("is-over");
      void this.#take(event.dataTransfer?.files[0]);
    });
    this.closest("form")?.addEventListener("submit", (event) => {
      if (!this.#busy) return;
      event.preventDefault();
      this.#wanted = true;
    });
    if (field.files?.length) void this.#take(field.files[0]);
  }

  async #take(file: File | undefined): Promise<void> {
    const turn = (this.#turn += 1);
    this.#hash.value = "";
    this.#say("");
    if (!file) return;
    this.#busy = true;
    try {
      if ((await text(file, 0, PROOF.length)) === PROOF) return this.#say(this.dataset.proof);
      const paper = await paperIn(file);
      const hash = await sha256(paper.stream, (bytes) => {
        if (turn === this.#turn) this.#progress(bytes / paper.size);
      });
      if (turn !== this.#turn) return;
      this.#hash.value = hash;
      this.#say(this.dataset.ready, hash);
    } catch {
      if (turn === this.#turn) this.#say(this.dataset.failed);
    } finally {
      if (turn === this.#turn) this.#done();
    }
  }

  #done(): void {
    this.#busy = false;
    const wanted = this.#wanted;
    this.#wanted = false;
    if (wanted && this.#hash.value) this.closest("form")?.requestSubmit();
  }

  /** Said in tens, so that it can be listened to. */
  #progress(share: number): void {
    const words = `${this.dataset.working} ${Math.min(9, Math.floor(share * 10)) * 10} %`;
    if (this.#state.textContent !== words) this.#say(words);
  }

  #say(words: string | undefined, hash?: string): void {
    this.#state.textContent = words ?? "";
    if (!hash) return;
    const code = document.createElement("code");
    code.className = "hash";
    code.textContent = hash;
    this.#state.append(" ", code);
  }
}

interface Paper { stream: ReadableStream<Uint8Array>; size: number }

async function text(file: Blob, from: number, to: number): Promise<string> {
  return new TextDecoder().decode(await file.slice(from, to).arrayBuffer());
}

/** The paper in an archive: its first file that is neither a proof nor a text; of anything else, the file itself. */
async function paperIn(file: File): Promise<Paper> {
  for (let at = 0; at + 30 < file.size; ) {
    const head = new DataView(await file.slice(at, at + 30).arrayBuffer());
    if (head.getUint32(0) !== 0x504b0304) break;
    const [method, size] = [head.getUint16(8, true), head.getUint32(18, true)];
    const named = at + 30 + head.getUint16(26, true);
    const begins = named + head.getUint16(28, true);
    const name = await text(file, at + 30, named);
    if (size > 0 && !/\.(tlog-proof|txt)$/i.test(name)) return unpacked(file.slice(begins, begins + size), method);
    at = begins + size;
  }
  return { stream: file.stream(), size: file.size };
}

function unpacked(bytes: Blob, method: number): Paper {
  if (method === STORED) return { stream: bytes.stream(), size: bytes.size };
  if (method !== DEFLATED) throw new Error("packed in a way that browsers do not unpack");
  const unpacking = new DecompressionStream("deflate-raw") as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;
  return { stream: bytes.stream().pipeThrough(unpacking), size: bytes.size * 2 };
}

customElements.define("xz-check", Check);
