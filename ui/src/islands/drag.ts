// Pages under a mouse or a finger: in staging they are dragged between papers and within one, at the sorting desk onto a
// case. What is dragged is the page under the pointer, or all that are ticked if it is ticked. The ticks and buttons of the
// page do the same without any of this, and by keys.

/** How far a mouse goes before a press becomes a drag. */
const FAR_PX = 6;
/** How long a finger rests on a page before it is lifted; one that moves earlier scrolls. */
const REST_MS = 350;
/** How near an edge of the window it scrolls. */
const EDGE_PX = 70;

interface Target { mark: Element; style: string; drop: (pages: HTMLInputElement[]) => void }

class Dragging {
  #item: HTMLElement | null = null;
  #from = { x: 0, y: 0 };
  #ghost: HTMLElement | null = null;
  #target: Target | null = null;
  #rest = 0;

  constructor(readonly root: HTMLElement) {
    root.addEventListener("pointerdown", (event) => this.#press(event));
    root.addEventListener("dragstart", (event) => event.preventDefault());
    root.addEventListener("contextmenu", (event) => { if (this.#item) event.preventDefault(); });
    root.addEventListener("touchmove", (event) => { if (this.#ghost) event.preventDefault(); }, { passive: false });
    window.addEventListener("pointermove", (event) => this.#move(event));
    window.addEventListener("pointerup", (event) => this.#lift(event));
    window.addEventListener("pointercancel", () => this.#end());
    window.addEventListener("keydown", (event) => { if (event.key === "Escape") this.#end(); });
    root.classList.add("can-drag");
  }

  #press(event: PointerEvent): void {
    const item = (event.target as Element).closest<HTMLElement>("ol.leaflets:not(.aside) > li");
    if (!item || event.button !== 0 || (event.target as Element).closest("button, a, input, summary")) return;
    this.#item = item;
    this.#from = { x: event.clientX, y: event.clientY };
    if (event.pointerType !== "mouse") this.#rest = window.setTimeout(() => this.#begin(this.#from.x, this.#from.y), REST_MS);
  }

  #pages(): HTMLInputElement[] {
    const own = this.#item?.querySelector<HTMLInputElement>('input[name="page"]');
    if (!own) return [];
    return own.checked ? [...this.root.querySelectorAll<HTMLInputElement>('ol.leaflets:not(.aside) input[name="page"]:checked')] : [own];
  }

  #begin(x: number, y: number): void {
    const picture = this.#item?.querySelector("svg")?.cloneNode(true);
    if (!picture) return;
    const ghost = document.createElement("div");
    ghost.className = "ghost";
    ghost.append(picture);
    const count = this.#pages().length;
    if (count > 1) ghost.append(Object.assign(document.createElement("b"), { textContent: String(count) }));
    document.body.append(ghost);
    this.#ghost = ghost;
    for (const page of this.#pages()) page.closest("li")?.classList.add("lifted");
    this.#over(x, y);
  }

  #move(event: PointerEvent): void {
    if (!this.#item) return;
    const far = Math.hypot(event.clientX - this.#from.x, event.clientY - this.#from.y) > FAR_PX;
    if (!this.#ghost && far) {
      if (event.pointerType !== "mouse") return this.#end();
      this.#begin(event.clientX, event.clientY);
    }
    if (this.#ghost) this.#over(event.clientX, event.clientY);
  }

  #over(x: number, y: number): void {
    if (!this.#ghost) return;
    this.#ghost.style.transform = `translate(${x + 8}px, ${y + 8}px)`;
    if (y < EDGE_PX) window.scrollBy(0, -14);
    if (y > window.innerHeight - EDGE_PX) window.scrollBy(0, 14);
    this.#mark(null);
    const under = document.elementFromPoint(x, y);
    this.#mark(under && this.root.contains(under) ? this.#targetAt(under, x) : null);
  }

  #mark(target: Target | null): void {
    this.#target?.mark.classList.remove(this.#target.style);
    this.#target = target;
    target?.mark.classList.add(target.style);
  }

  #targetAt(under: Element, x: number): Target | null {
    const known = under.closest<HTMLElement>("label:has(input[name=\"known\"])");
    if (known) return { mark: known, style: "drop-here", drop: (pages) => sendTo(known, pages, this.root) };
    const aside = under.closest("ol.leaflets.aside");
    if (aside) return { mark: aside, style: "drop-here", drop: (pages) => void this.#arrange(pages, { act: "aside" }) };
    const paper = under.closest<HTMLElement>("[data-paper]");
    if (!paper) return null;
    const to = paper.dataset.paper ?? "";
    const item = under.closest<HTMLElement>("ol.leaflets > li");
    const end: Target = { mark: paper, style: "drop-here", drop: (pages) => void this.#arrange(pages, { act: "move", to }) };
    if (!item) return end;
    const box = item.getBoundingClientRect();
    let before: Element | null = x < box.left + box.width / 2 ? item : item.nextElementSibling;
    while (before?.classList.contains("lifted")) before = before.nextElementSibling;
    const page = before?.querySelector<HTMLInputElement>('input[name="page"]')?.value;
    return before && page ? { mark: before, style: "drop-before", drop: (pages) => void this.#arrange(pages, { act: "move", to, before: page }) } : end;
  }

  #lift(event: PointerEvent): void {
    const [target, pages] = [this.#ghost ? this.#target : null, this.#pages()];
    // The press that ends a drag ticks nothing.
    if (this.#ghost && event.pointerType === "mouse") window.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    this.#end();
    target?.drop(pages);
  }

  #end(): void {
    window.clearTimeout(this.#rest);
    this.#mark(null);
    this.#ghost?.remove();
    this.root.querySelectorAll(".lifted").forEach((item) => item.classList.remove("lifted"));
    this.#ghost = this.#item = null;
  }

  /** The form of the ticks, sent with the pages that were dragged. */
  async #arrange(pages: HTMLInputElement[], how: Record<string, string>): Promise<void> {
    const form = pages[0]?.form;
    if (!form) return;
    const command = form.querySelector<HTMLInputElement>('input[name="command"]')?.value ?? "";
    const body = new URLSearchParams({ command, ...how });
    for (const page of pages) body.append("page", page.value);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => undefined);
    if (answer?.ok) return location.reload();
    const problem = (await answer?.json().catch(() => ({}))) as { title?: string; detail?: string } | undefined;
    const said = this.root.querySelector<HTMLElement>("[data-said]");
    if (said) said.textContent = [problem?.title, problem?.detail].filter(Boolean).join(" ") || (said.dataset.failed ?? "");
  }
}

/** At the sorting desk a case is chosen and the pages are ticked; a title is still to be written. */
function sendTo(known: HTMLElement, pages: HTMLInputElement[], root: HTMLElement): void {
  const radio = known.querySelector<HTMLInputElement>("input");
  if (radio) radio.checked = true;
  for (const box of root.querySelectorAll<HTMLInputElement>('input[name="page"]')) box.checked = pages.includes(box);
  radio?.form?.querySelector<HTMLInputElement>('input[name="title"]')?.focus();
}

const root = document.querySelector<HTMLElement>("main");
if (root?.querySelector("ol.leaflets")) new Dragging(root);
