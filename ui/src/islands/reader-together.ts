// Reading together: whoever presents tells which page they turned to and where they point; whoever follows is led there.
// Who is in the file stands beside the page and is asked for again by hints; all of it works by links and forms, too.
// Whoever presents without a mouse presses X and points with the arrow keys.
import { type Spot, drawn, placeOn, tallOf } from "./reader-notes";
import type { PageReader } from "./reader";

interface Shown { by: string; material: string; page: number; zoom: string }
interface Pointed { page: number; x: number; y: number }

/** A pointer is told so often at most. */
const OFTEN_MS = 100;
/** A pointer that rests so long fades. */
const FADES_MS = 8000;
const SIDE = 10_000;
const STEP = 250;
const SHARP: Record<string, number> = { 150: 1400, 200: 2000, 300: 2000 };

class Together {
  #stream: EventSource | undefined;
  #zoom = "";
  #fading = 0;
  #told = 0;
  #busy = false;
  #next: Pointed | null | undefined;
  #byKeys: Spot | null = null;

  constructor(readonly reader: PageReader) {
    reader.addEventListener("turned", () => this.#turned());
    reader.addEventListener("pointermove", (event) => this.#moved(event));
    reader.addEventListener("pointerleave", () => this.#tell(null));
    window.addEventListener("pagehide", () => this.#gone());
    document.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    if (reader.dataset.follow) this.#follow(reader.dataset.follow);
  }

  get #part(): HTMLElement | null { return this.reader.querySelector("#present"); }
  get #base(): string { return this.#part?.dataset.together ?? ""; }
  /** The circle that the reader presents to. */
  get #presents(): string { return this.reader.querySelector<HTMLElement>("[data-presenting]")?.dataset.presenting ?? ""; }
  get #material(): string { return this.reader.own.split("/").pop() ?? ""; }

  #send(below: string, fields: Record<string, string>): Promise<Response> {
    return fetch(`${this.#base}${below}`, { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json" }, keepalive: true });
  }

  /** What stands beside the page is that of the page, and followers come along. */
  #turned(): void {
    const part = this.#part;
    const page = String(this.reader.page);
    if (!part) return;
    const from = new URL(part.dataset.liveFrom ?? "", location.href);
    from.searchParams.set("page", page);
    part.dataset.liveFrom = from.pathname + from.search;
    for (const field of part.querySelectorAll<HTMLInputElement>('input[name="page"]')) field.value = page;
    this.#draw(null);
    this.#byKeys = null;
    if (this.#zoom) this.#atZoom(this.#zoom);
    if (!this.#presents) return;
    void this.#send("/page", { circle: this.#presents, material: this.#material, page }).then((answer) => { if (!answer.ok) this.#again(); });
  }

  #again(): void { window.dispatchEvent(new CustomEvent("xz-refresh", { detail: ["present"] })); }

  // Pointing.

  #moved(event: PointerEvent): void {
    if (!this.#presents || event.pointerType === "touch" || this.reader.classList.contains("is-drawing")) return;
    const leaf = (event.target as Element).closest<HTMLElement>("figure.leaf");
    const at = leaf && placeOn(leaf, event);
    this.#tell(at ? { page: Number(leaf?.dataset.page), ...at } : null);
  }

  #key(event: KeyboardEvent): void {
    if (!this.#presents || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test((event.target as Element).tagName)) return;
    const ways: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    if (event.key.toLowerCase() === "x" && !this.#byKeys) this.#byKeys = { x: SIDE / 2, y: SIDE / 2 };
    else if (way && this.#byKeys) this.#byKeys = { x: within(this.#byKeys.x + way[0] * STEP), y: within(this.#byKeys.y + way[1] * STEP) };
    else if (this.#byKeys && (event.key === "Escape" || event.key.toLowerCase() === "x")) this.#byKeys = null;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const at = this.#byKeys && { page: this.reader.page, ...this.#byKeys };
    this.#draw(at);
    this.#tell(at);
  }

  /** Tells where the pointer is: one message on its way at a time, and the last one always. */
  #tell(at: Pointed | null): void {
    if (!this.#presents || (at === null && this.#told === 0)) return;
    this.#next = at;
    if (!this.#busy) void this.#flush();
  }

  async #flush(): Promise<void> {
    this.#busy = true;
    while (this.#next !== undefined && this.#presents) {
      const at = this.#next;
      this.#next = undefined;
      this.#told = at ? at.page : 0;
      const place: Record<string, string> = at ? { x: String(at.x), y: String(at.y) } : {};
      const sent = this.#send("/pointer", { circle: this.#presents, page: String(at?.page ?? this.reader.page), ...place });
      await Promise.allSettled([sent, new Promise((resume) => window.setTimeout(resume, OFTEN_MS))]);
    }
    this.#busy = false;
  }

  #gone(): void {
    if (this.#presents && this.#told) void this.#send("/pointer", { circle: this.#presents, page: String(this.reader.page) });
    this.#stream?.close();
  }

  // Following.

  #follow(circle: string): void {
    this.#stream = new EventSource(`${this.#base}/live?circle=${encodeURIComponent(circle)}`);
    const hear = <T>(name: string, then: (told: T) => void): void => this.#stream?.addEventListener(name, (event) => then(JSON.parse((event as MessageEvent<string>).data) as T));
    hear<Shown>("shown", (shown) => this.#shown(shown));
    hear<Pointed | null>("pointer", (at) => this.#draw(at));
    hear<unknown>("ended", () => this.#ended());
  }

  #shown({ material, page, zoom }: Shown): void {
    if (material !== this.#material) {
      const file = this.reader.own.slice(0, this.reader.own.lastIndexOf("/"));
      return location.assign(`${file}/${material}?page=${page}&follow=${encodeURIComponent(this.reader.dataset.follow ?? "")}`);
    }
    this.#draw(null);
    this.#zoom = zoom;
    if (page === this.reader.page) this.#atZoom(zoom);
    else void this.reader.show(page).then(() => this.#atZoom(zoom));
  }

  #ended(): void {
    this.#draw(null);
    this.#zoom = "";
    this.reader.say(this.#part?.dataset.ended ?? "");
  }

  /** The page as large as it stands before whoever presents it. */
  #atZoom(zoom: string): void {
    for (const leaf of this.reader.querySelectorAll("figure.leaf")) {
      leaf.className = leaf.className.replace(/\bzoom-\w+/, `zoom-${zoom}`);
      const sharp = leaf.querySelector("image.sharp");
      const width = SHARP[zoom];
      if (sharp && width) sharp.setAttribute("href", `${this.reader.own}/pages/${(leaf as HTMLElement).dataset.page}.jpg?w=${width}`);
    }
  }

  #draw(at: Pointed | null): void {
    window.clearTimeout(this.#fading);
    this.reader.querySelectorAll(".pointer").forEach((old) => old.remove());
    const leaf = at && this.reader.leaf(at.page);
    const layer = leaf && drawn(leaf);
    if (!at || !layer) return;
    const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    for (const [name, value] of Object.entries({ class: "pointer", cx: at.x / 10, cy: (at.y / SIDE) * tallOf(leaf), r: 16 })) dot.setAttribute(name, String(value));
    layer.append(dot);
    dot.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (!this.#presents) this.#fading = window.setTimeout(() => this.#draw(null), FADES_MS);
  }
}

const within = (value: number): number => Math.min(Math.max(value, 0), SIDE);

export function readTogether(reader: PageReader): void {
  if (reader.querySelector("#present")) new Together(reader);
}
