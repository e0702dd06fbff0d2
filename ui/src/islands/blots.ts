// <xz-blots>: a box drawn over the page with the mouse or a finger fills the fields of the form beside it. Without a
// script the fields are typed.

const SVG = "http://www.w3.org/2000/svg";

class Blots extends HTMLElement {
  #from: { x: number; y: number } | null = null;
  #rect: SVGRectElement | null = null;

  connectedCallback(): void {
    const page = this.querySelector<SVGSVGElement>("svg.blotted");
    if (!page) return;
    page.classList.add("can-draw");
    page.addEventListener("pointerdown", (event) => {
      this.#from = this.#at(page, event);
      page.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    page.addEventListener("pointermove", (event) => { if (this.#from) this.#draw(page, this.#from, this.#at(page, event)); });
    page.addEventListener("pointerup", () => { this.#from = null; });
    page.addEventListener("pointercancel", () => { this.#from = null; });
  }

  /** Where the pointer is, in shares of the page. */
  #at(page: SVGSVGElement, event: PointerEvent): { x: number; y: number } {
    const box = page.getBoundingClientRect();
    const share = (part: number): number => Math.min(Math.max(part, 0), 1);
    return { x: share((event.clientX - box.left) / box.width), y: share((event.clientY - box.top) / box.height) };
  }

  #draw(page: SVGSVGElement, from: { x: number; y: number }, to: { x: number; y: number }): void {
    const box = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) };
    if (!this.#rect) {
      this.#rect = document.createElementNS(SVG, "rect");
      this.#rect.setAttribute("class", "blot drawn");
      page.append(this.#rect);
    }
    const { width, height } = page.viewBox.baseVal;
    const put = (name: string, value: number): void => this.#rect?.setAttribute(name, String(value));
    put("x", box.x * width); put("y", box.y * height); put("width", box.w * width); put("height", box.h * height);
    const form = document.querySelector<HTMLFormElement>("form#box");
    for (const name of ["x", "y", "w", "h"] as const) {
      const field = form?.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (field) field.value = (box[name] * 100).toFixed(1);
    }
  }
}

customElements.define("xz-blots", Blots);
