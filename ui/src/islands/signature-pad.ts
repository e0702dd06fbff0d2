// <xz-signature>: strokes of a finger, a pen or a mouse, kept as JSON in a hidden field.
// Nobody has to write: the verb of the form signs by itself. Without a script the pad stays hidden.
// Strokes: {"width":w,"height":h,"strokes":[[[x,y,ms,pressure],…],…]}, in CSS pixels of the pad.

type Point = [x: number, y: number, ms: number, pressure: number];

/** Points nearer than this add bytes and no line. */
const NEAR_PX = 1.5;

class SignaturePad extends HTMLElement {
  #canvas!: HTMLCanvasElement;
  #strokes: Point[][] = [];
  #began = 0;

  connectedCallback(): void {
    const place = this.querySelector("[data-place]");
    if (!place || this.#canvas) return;
    this.#canvas = document.createElement("canvas");
    this.#canvas.className = "pad";
    this.#canvas.setAttribute("role", "img");
    this.#canvas.setAttribute("aria-label", this.dataset.label ?? "");
    place.replaceChildren(this.#canvas);
    this.querySelector("[data-pad]")?.removeAttribute("hidden");
    this.#canvas.addEventListener("pointerdown", (event) => this.#start(event));
    this.#canvas.addEventListener("pointermove", (event) => this.#draw(event));
    for (const end of ["pointerup", "pointercancel"]) this.#canvas.addEventListener(end, () => this.#keep());
    this.querySelector("[data-clear]")?.addEventListener("click", () => this.#clear());
    new ResizeObserver(() => this.#fit()).observe(this.#canvas);
    // A page taken from the back-forward cache shows a pad whose strokes the form would send again.
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.#clear(); });
    this.#write("");
  }

  #clear(): void {
    this.#strokes = [];
    this.#fit();
    this.#keep();
  }

  #point(event: PointerEvent): Point {
    const box = this.#canvas.getBoundingClientRect();
    return [Math.round((event.clientX - box.left) * 10) / 10, Math.round((event.clientY - box.top) * 10) / 10, Math.round(event.timeStamp - this.#began), Math.round(event.pressure * 100) / 100];
  }

  #start(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.#canvas.setPointerCapture(event.pointerId);
    if (this.#strokes.length === 0) this.#began = event.timeStamp;
    this.#strokes.push([this.#point(event)]);
    this.#paint(this.#strokes.length - 1);
  }

  #draw(event: PointerEvent): void {
    const stroke = this.#strokes.at(-1);
    if (!stroke || !this.#canvas.hasPointerCapture(event.pointerId)) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length > 0 ? all : [event]) {
      const point = this.#point(one);
      const last = stroke.at(-1) as Point;
      if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= NEAR_PX) stroke.push(point);
    }
    this.#paint(this.#strokes.length - 1);
  }

  /** Fits the drawing surface to the pad, sharp on dense screens, and draws again what was written. */
  #fit(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const dense = window.devicePixelRatio || 1;
    this.#canvas.width = Math.round(clientWidth * dense);
    this.#canvas.height = Math.round(clientHeight * dense);
    this.#canvas.getContext("2d")?.scale(dense, dense);
    this.#strokes.forEach((_, n) => this.#paint(n));
  }

  #paint(n: number): void {
    const pen = this.#canvas.getContext("2d");
    const stroke = this.#strokes[n];
    const first = stroke?.[0];
    if (!pen || !stroke || !first) return;
    Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#14171c" });
    pen.beginPath();
    pen.moveTo(first[0], first[1]);
    if (stroke.length === 1) pen.lineTo(first[0] + 0.1, first[1]);
    for (let i = 1; i < stroke.length; i += 1) {
      const [x0, y0] = stroke[i - 1] as Point;
      const [x1, y1] = stroke[i] as Point;
      pen.quadraticCurveTo(x0, y0, (x0 + x1) / 2, (y0 + y1) / 2);
    }
    pen.stroke();
  }

  #keep(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    this.#write(this.#strokes.length > 0 ? JSON.stringify({ width, height, strokes: this.#strokes }) : "");
  }

  #write(drawn: string): void {
    const field = this.querySelector<HTMLInputElement>("input[data-strokes]");
    if (field) field.value = drawn;
  }
}

customElements.define("xz-signature", SignaturePad);
