// Annotating a page by pointer or by keys alone. What is chosen lands in the form beside the page, which works without
// any of this: T chooses lines and letters, B draws a box, Y an arrow, Enter takes it to the form, Esc leaves.
// Places are ten-thousandths of the upright page, however it is turned on the screen.
import type { PageReader } from "./reader";

export interface Spot { x: number; y: number }
interface Box extends Spot { w: number; h: number }
type Mode = "text" | "box" | "arrow";

const SIDE = 10_000;
const WIDE = 1000;
const STEP = 100;
const SVG = "http://www.w3.org/2000/svg";

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(Math.round(value), low), high);

/** How wide a letter is set, as the server counts it. */
const width = (letter: string): number => (letter >= "\u2e80" ? 1 : 0.5);

/** What is drawn with a page: its image, its letters, what is chosen on it. */
export const drawn = (leaf: Element | null): SVGGElement | null => leaf?.querySelector("svg.page > g") ?? null;

/** How tall the upright page is, in the measure of its drawing. */
export function tallOf(leaf: Element | null): number {
  const [, , w, h] = (leaf?.querySelector("svg.page")?.getAttribute("viewBox") ?? "0 0 1000 1414").split(" ").map(Number);
  return w === WIDE ? (h ?? WIDE) : (w ?? WIDE);
}

/** The place of the upright page that lies under a pointer. */
export function placeOn(leaf: Element | null, event: PointerEvent): Spot | null {
  const matrix = drawn(leaf)?.getScreenCTM()?.inverse();
  if (!matrix) return null;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  return { x: clamp((at.x / WIDE) * SIDE, 0, SIDE), y: clamp((at.y / tallOf(leaf)) * SIDE, 0, SIDE) };
}

class Notes {
  #mode: Mode | null = null;
  #box: Box = { x: 3000, y: 3000, w: 4000, h: 1200 };
  #from: Box | null = null;
  #line = 0;
  #until = 0;
  #first = 0;
  #last = Number.POSITIVE_INFINITY;
  #drag: { x: number; y: number } | null = null;

  constructor(readonly reader: PageReader) {
    document.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    document.addEventListener("selectionchange", () => this.#selected());
    reader.addEventListener("click", (event) => {
      const mode = (event.target as Element).closest<HTMLElement>("[data-mode]")?.dataset.mode;
      if (mode) this.#enter(mode as Mode);
    });
    reader.addEventListener("pointerdown", (event) => this.#press(event));
    reader.addEventListener("pointermove", (event) => this.#move(event));
    reader.addEventListener("pointerup", () => { if (this.#drag) { this.#drag = null; this.#take(false); } });
    reader.addEventListener("turned", () => this.#leave());
    reader.querySelector("[data-modes]")?.removeAttribute("hidden");
    const write = reader.querySelector<HTMLDetailsElement>("[data-write]");
    write?.querySelector("summary")?.addEventListener("click", () => window.setTimeout(() => write.open && this.#words()?.focus(), 0));
  }

  #form(): HTMLFormElement | null { return this.reader.querySelector("form[data-note-form]"); }
  #words(): HTMLTextAreaElement | null { return this.#form()?.querySelector('textarea[name="words"]') ?? null; }
  /** What is being chosen is drawn with the page: the marks over it may come anew at any time. */
  #layer(): SVGGElement | null { return drawn(this.reader.leaf()); }
  #tall(): number { return tallOf(this.reader.leaf()); }
  #runs(): SVGTextElement[] { return [...(this.reader.leaf()?.querySelectorAll<SVGTextElement>("text.run") ?? [])]; }
  #said(key: "nothing" | "line" | "region", more = ""): void { this.reader.say((this.#form()?.dataset[key] ?? "") + more); }

  #enter(mode: Mode): void {
    if (mode === "text" && this.#runs().length === 0) return this.#said("nothing");
    this.#mode = mode;
    this.#from = null;
    this.reader.classList.add("is-drawing");
    this.reader.desk?.focus();
    if (mode === "text") {
      this.#line = this.#until = this.#firstInSight();
      this.#first = 0;
      this.#last = Number.POSITIVE_INFINITY;
      this.#showText();
    } else {
      if (mode === "arrow") this.#box = { x: 4000, y: 4000, w: 0, h: 0 };
      this.#draw(this.#shown());
      this.#said("region");
    }
  }

  #leave(): void {
    this.#mode = null;
    this.#from = null;
    this.reader.classList.remove("is-drawing");
    this.reader.querySelectorAll(".preview").forEach((old) => old.remove());
  }

  #firstInSight(): number {
    const top = Math.max(this.reader.desk?.getBoundingClientRect().top ?? 0, 0);
    return Math.max(this.#runs().findIndex((run) => run.getBoundingClientRect().top >= top), 0);
  }

  #key(event: KeyboardEvent): void {
    if (!this.#mode || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test((event.target as Element).tagName)) return;
    const arrows: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = arrows[event.key];
    if (way) {
      if (this.#mode === "text") this.#choose(way, event.shiftKey);
      else this.#push(way, event.shiftKey, event.altKey ? STEP / 4 : STEP);
    } else if (event.key === "Enter") this.#enterPressed();
    else if (event.key === "Escape") this.#leave();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Up and down choose lines, with Shift several; left and right move the end by a letter, with Shift the beginning. */
  #choose([x, y]: [number, number], shift: boolean): void {
    const runs = this.#runs();
    if (y !== 0) {
      this.#until = clamp(this.#until + y, 0, runs.length - 1);
      if (!shift || this.#until < this.#line) this.#line = this.#until;
      this.#first = 0;
      this.#last = Number.POSITIVE_INFINITY;
    } else if (shift) {
      this.#first = clamp(this.#first + x, 0, this.#letters(this.#line).length - 1);
    } else {
      const most = this.#letters(this.#until).length;
      this.#last = clamp(Math.min(this.#last, most) + x, 1, most);
    }
    this.#showText();
  }

  #letters(line: number): string[] { return [...(this.#runs()[line]?.textContent ?? "")]; }

  #chosen(): { areas: Box[]; quote: string } {
    const parts: { areas: Box[]; quote: string } = { areas: [], quote: "" };
    this.#runs().slice(this.#line, this.#until + 1).forEach((run, n, all) => {
      const letters = [...(run.textContent ?? "")];
      const from = n === 0 ? Math.min(this.#first, letters.length - 1) : 0;
      const until = n === all.length - 1 ? Math.min(this.#last, letters.length) : letters.length;
      if (until <= from) return;
      parts.areas.push(this.#part(run, from, until));
      parts.quote += letters.slice(from, until).join("");
    });
    return parts;
  }

  /** The part of a run between two letters. */
  #part(run: SVGTextElement, from: number, until: number): Box {
    const number = (name: string): number => Number(run.getAttribute(name) ?? 0);
    const tall = this.#tall();
    const size = number("font-size");
    const widths = this.#widths(run);
    const sum = (all: number[]): number => all.reduce((total, one) => total + one, 0);
    const whole = Math.max(sum(widths), 1);
    const length = number("textLength") || sum(widths) * size;
    const x = number("x") + (length * sum(widths.slice(0, from))) / whole;
    const w = (length * sum(widths.slice(from, until))) / whole;
    const box = this.#onPage(run, { x, y: number("y") - size * 0.8, w, h: size });
    return fit({ x: (box.x / WIDE) * SIDE, y: (box.y / tall) * SIDE, w: (box.w / WIDE) * SIDE, h: (box.h / tall) * SIDE });
  }

  /** How wide each letter is: as recognition saw it, else as type is set. */
  #widths(run: SVGTextElement): number[] {
    const starts = run.dataset.starts?.split(" ").map(Number);
    return [...(run.textContent ?? "")].map((letter, n) => (starts ? (starts[n + 1] ?? 1000) - (starts[n] ?? 0) : width(letter)));
  }

  /** A place among letters as it lies on the page: the text of a scan on its side is laid on it turned. */
  #onPage(run: SVGTextElement, { x, y, w, h }: Box): Box {
    const into = this.#layer()?.getScreenCTM()?.inverse().multiply(run.getScreenCTM() ?? new DOMMatrix());
    if (!into) return { x, y, w, h };
    const [one, other] = [new DOMPoint(x, y), new DOMPoint(x + w, y + h)].map((point) => point.matrixTransform(into));
    if (!one || !other) return { x, y, w, h };
    return { x: Math.min(one.x, other.x), y: Math.min(one.y, other.y), w: Math.abs(other.x - one.x), h: Math.abs(other.y - one.y) };
  }

  #showText(): void {
    const { areas, quote } = this.#chosen();
    this.#draw(areas);
    this.#runs()[this.#until]?.scrollIntoView({ block: "nearest" });
    this.#said("line", quote);
  }

  #push([x, y]: [number, number], shift: boolean, step: number): void {
    const b = this.#box;
    if (shift && this.#mode === "box") this.#box = fit({ ...b, w: Math.max(b.w + x * step, 50), h: Math.max(b.h + y * step, 50) });
    else this.#box = { ...b, x: clamp(b.x + x * step, 0, SIDE - b.w), y: clamp(b.y + y * step, 0, SIDE - b.h) };
    this.#draw(this.#shown());
    this.reader.leaf()?.querySelector(".preview")?.scrollIntoView({ block: "nearest" });
  }

  #shown(): Box[] { return this.#from ? [this.#from, this.#box] : [this.#box]; }

  #enterPressed(): void {
    if (this.#mode === "arrow" && !this.#from) {
      this.#from = { ...this.#box };
      this.#box = { ...this.#box, x: clamp(this.#box.x + 1200, 0, SIDE), y: clamp(this.#box.y + 600, 0, SIDE) };
      return this.#draw(this.#shown());
    }
    this.#take(true);
  }

  /** What was chosen goes to the form. */
  #take(byKey: boolean): void {
    const form = this.#form();
    if (!form || !this.#mode) return;
    const text = this.#mode === "text" ? this.#chosen() : null;
    this.#put(text?.areas ?? this.#shown(), text?.quote ?? "", this.#mode === "text" ? null : this.#mode);
    this.#mode = null;
    this.reader.classList.remove("is-drawing");
    if (byKey) this.#words()?.focus();
  }

  #put(areas: Box[], quote: string, shape: Mode | null): void {
    const form = this.#form();
    if (!form) return;
    const set = (name: string, value: string): void => { const field = form.elements.namedItem(name); if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value; };
    set("areas", areas.map((b) => [b.x, b.y, b.w, b.h].map(Math.round).join(",")).join(" "));
    set("quote", quote);
    const shapes = [...form.querySelectorAll<HTMLInputElement>('input[name="shape"]')];
    const now = shapes.find((one) => one.checked)?.value;
    const wanted = shape ?? (now === "underline" || now === "box" ? now : "highlight");
    for (const one of shapes) one.checked = one.value === wanted;
    const write = this.reader.querySelector<HTMLDetailsElement>("[data-write]");
    if (write) write.open = true;
    this.#draw(areas);
  }

  /** Words chosen with a pointer. */
  #selected(): void {
    const chosen = document.getSelection();
    if (this.#mode || !chosen || chosen.isCollapsed || chosen.rangeCount === 0) return;
    const range = chosen.getRangeAt(0);
    const inside = (node: Node | null): boolean => Boolean(node && this.reader.leaf()?.querySelector("svg.page")?.contains(node));
    if (!inside(range.startContainer) && !inside(range.endContainer)) return;
    const areas: Box[] = [];
    let quote = "";
    for (const run of this.#runs()) {
      const node = run.firstChild;
      if (!node || !range.intersectsNode(node)) continue;
      const text = node.textContent ?? "";
      const from = node === range.startContainer ? range.startOffset : 0;
      const until = node === range.endContainer ? range.endOffset : text.length;
      const part = [...text.slice(from, until)];
      if (part.length === 0) continue;
      const before = [...text.slice(0, from)].length;
      areas.push(this.#part(run, before, before + part.length));
      quote += part.join("");
    }
    if (areas.length > 0) this.#put(areas, quote, null);
  }

  #point(event: PointerEvent): Spot | null { return placeOn(this.reader.leaf(), event); }

  #press(event: PointerEvent): void {
    if (!this.#mode || this.#mode === "text" || event.button !== 0 || !(event.target as Element).closest("figure.leaf")) return;
    const at = this.#point(event);
    if (!at) return;
    event.preventDefault();
    this.#drag = at;
    this.#box = { ...at, w: 0, h: 0 };
    if (this.#mode === "arrow") this.#from = { ...at, w: 0, h: 0 };
  }

  #move(event: PointerEvent): void {
    const from = this.#drag;
    const at = from && this.#point(event);
    if (!from || !at) return;
    this.#box = this.#mode === "arrow" ? { ...at, w: 0, h: 0 } : { x: Math.min(from.x, at.x), y: Math.min(from.y, at.y), w: Math.abs(at.x - from.x), h: Math.abs(at.y - from.y) };
    this.#draw(this.#shown());
  }

  /** What would be marked, drawn over the page. */
  #draw(areas: Box[]): void {
    const layer = this.#layer();
    if (!layer) return;
    this.reader.querySelectorAll(".preview").forEach((old) => old.remove());
    const group = document.createElementNS(SVG, "g");
    group.setAttribute("class", "preview");
    const tall = this.#tall();
    const at = (b: Box): { x: number; y: number } => ({ x: (b.x / SIDE) * WIDE, y: (b.y / SIDE) * tall });
    const [first, second] = areas;
    if (first && second && first.w === 0 && second.w === 0) {
      const line = document.createElementNS(SVG, "line");
      const [a, b] = [at(first), at(second)];
      for (const [name, value] of Object.entries({ x1: a.x, y1: a.y, x2: b.x, y2: b.y })) line.setAttribute(name, String(value));
      group.append(line);
    }
    for (const area of areas) {
      const rect = document.createElementNS(SVG, "rect");
      const { x, y } = at(area);
      const size = { width: Math.max((area.w / SIDE) * WIDE, 8), height: Math.max((area.h / SIDE) * tall, 8) };
      for (const [name, value] of Object.entries({ x: area.w ? x : x - 4, y: area.h ? y : y - 4, ...size, rx: 2 })) rect.setAttribute(name, String(value));
      group.append(rect);
    }
    layer.append(group);
  }
}

/** Keeps a box on its page. */
function fit(b: Box): Box {
  const x = clamp(b.x, 0, SIDE);
  const y = clamp(b.y, 0, SIDE);
  return { x, y, w: clamp(b.w, 0, SIDE - x), h: clamp(b.h, 0, SIDE - y) };
}

export function annotate(reader: PageReader): void {
  if (reader.querySelector("form[data-note-form]")) new Notes(reader);
}
