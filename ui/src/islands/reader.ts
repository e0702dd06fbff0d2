// <xz-reader>: turns pages in their place, fetches the next ones ahead, shows all below each other, and reports what
// came on the screen. Without it every page is a link away. What is fetched ahead says so (X-Ahead) and is no look;
// what is then shown is reported as one.
import { annotate } from "./reader-notes";
import { readTogether } from "./reader-together";

/** Pages fetched ahead on each side. */
const AHEAD = 2;
/** Pages kept beside the ones in sight. */
const KEPT = 12;
/** How long a page is in sight before it counts as looked at, while pages run by. */
const GLANCE_MS = 350;
/** Whoever has not moved for so long is not there. */
const IDLE_MS = 120_000;
/** How often time on the screen is reported. */
const REPORT_MS = 30_000;
/** Small pages added at a time. */
const MORE = 24;

interface Leaf { figure: HTMLElement; ahead: boolean; urls: string[] }

export class PageReader extends HTMLElement {
  page = 1;
  #leaves = new Map<number, Promise<Leaf | null>>();
  #reported = new Set<number>();
  #glance = 0;

  connectedCallback(): void {
    if (!this.desk || this.pages === 0) return;
    this.page = Number(this.dataset.page);
    this.#reported.add(this.page);
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    this.#fullScreen();
    this.#thumbs();
    if (this.view === "scroll") this.#scrolled();
    else this.#fetchAhead();
    annotate(this);
    readTogether(this);
    this.#clock();
    if (this.querySelector("#present")) window.setInterval(() => this.#present(), 30_000);
  }

  get pages(): number { return Number(this.dataset.pages); }
  get own(): string { return this.dataset.own ?? ""; }
  get view(): string { return this.dataset.view ?? "one"; }
  get desk(): HTMLElement | null { return this.querySelector("[data-desk]"); }
  get leaves(): HTMLElement | null { return this.querySelector("[data-leaves]"); }
  leaf(page = this.page): HTMLElement | null { return this.querySelector(`figure.leaf[data-page="${page}"]`); }
  say(words: string): void { const place = this.querySelector("[data-said]"); if (place) place.textContent = words; }

  #address(page: number, below = ""): string {
    const { q, follow } = this.dataset;
    if (below) return `${this.own}${below}${q ? `?q=${encodeURIComponent(q)}` : ""}`;
    return `${this.own}?page=${page}${q ? `&q=${encodeURIComponent(q)}` : ""}${follow ? `&follow=${encodeURIComponent(follow)}` : ""}`;
  }

  /** Fetches a page: ahead with its image, or to be shown now. */
  #fetch(page: number, ahead: boolean): Promise<Leaf | null> {
    const known = this.#leaves.get(page);
    if (known) return known;
    const headers: Record<string, string> = { Accept: "text/html", ...(ahead ? { "X-Ahead": "page" } : {}) };
    const asked = fetch(this.#address(page, `/leaves/${page}`), { headers }).then(async (answer) => {
      if (!answer.ok) return null;
      const figure = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector<HTMLElement>("figure.leaf");
      if (!figure) return null;
      const leaf: Leaf = { figure, ahead, urls: [] };
      if (ahead) await this.#image(leaf);
      return leaf;
    }).catch(() => null);
    this.#leaves.set(page, asked);
    void asked.then((leaf) => { if (!leaf) this.#leaves.delete(page); });
    this.#forget(page);
    return asked;
  }

  /** The image of a page that is fetched ahead lies ready with it. */
  async #image(leaf: Leaf): Promise<void> {
    const sharp = leaf.figure.querySelector("image.sharp");
    const answer = await fetch(sharp?.getAttribute("href") ?? "", { headers: { "X-Ahead": "page" } });
    if (!answer.ok || !sharp) return;
    const url = URL.createObjectURL(await answer.blob());
    leaf.urls.push(url);
    sharp.setAttribute("href", url);
    leaf.figure.querySelector("image.soon")?.remove();
  }

  #forget(around: number): void {
    for (const [page, leaf] of this.#leaves) {
      if (this.view === "scroll" || Math.abs(page - around) <= KEPT) continue;
      this.#leaves.delete(page);
      void leaf.then((gone) => gone?.urls.forEach((url) => URL.revokeObjectURL(url)));
    }
  }

  #fetchAhead(): void {
    const step = this.view === "two" ? 2 : 1;
    for (let n = 1; n <= AHEAD; n += 1) {
      for (const page of [this.page + n * step, this.page - n * step]) if (page >= 1 && page <= this.pages) void this.#fetch(page, true);
    }
  }

  /** Shows a page in place of the one that is open. */
  async show(page: number): Promise<void> {
    if (page < 1 || page > this.pages || page === this.page) return;
    if (this.view === "scroll") return this.#roll(page);
    const wanted = this.view === "two" ? this.#spread(page) : [page];
    this.#at(page);
    const shown = await Promise.all(wanted.map((one) => this.#fetch(one, false)));
    if (this.page !== page || !this.leaves) return;
    if (shown.some((leaf) => !leaf)) return location.assign(this.#address(page));
    this.leaves.replaceChildren(...shown.flatMap((leaf) => (leaf ? [document.importNode(leaf.figure, true)] : [])));
    if (this.desk) this.desk.scrollTop = 0;
    this.#asked();
    for (const [n, leaf] of shown.entries()) if (leaf?.ahead) this.#report(wanted[n] as number);
    this.#fetchAhead();
  }

  #spread(page: number): number[] {
    const left = page - ((page + 1) % 2);
    return left + 1 <= this.pages ? [left, left + 1] : [left];
  }

  /** What else on the page follows the page that is open. */
  #at(page: number): void {
    this.#count();
    this.page = page;
    history.replaceState(history.state, "", this.#address(page));
    const field = this.querySelector<HTMLInputElement>("[data-page-field]");
    if (field) field.value = String(page);
    const volume = this.querySelector<HTMLElement>("[data-first]");
    if (volume) volume.textContent = (volume.textContent ?? "").replace(/\d+/, String(Number(volume.dataset.first) + page - 1));
    const step = this.view === "two" ? 2 : 1;
    this.#link("previous", page - step);
    this.#link("next", page + step);
    for (const hidden of this.querySelectorAll<HTMLInputElement>('form[data-rotate] input[name="page"], form[data-note-form] input[name="page"]')) hidden.value = String(page);
    for (const back of this.querySelectorAll<HTMLInputElement>('input[name="back"]')) back.value = this.#address(page);
    for (const link of this.querySelectorAll("[data-thumbs] a")) link.removeAttribute("aria-current");
    const thumb = this.querySelector(`[data-thumbs] li[data-page="${page}"] a`);
    thumb?.setAttribute("aria-current", "page");
    this.#reveal(thumb);
    this.say((this.dataset.wordsPage ?? "{n}").replace("{n}", String(page)));
    this.dispatchEvent(new CustomEvent("turned"));
  }

  #link(which: string, page: number): void {
    const link = this.querySelector<HTMLAnchorElement>(`a[data-step="${which}"]`);
    if (!link) return;
    const there = page >= 1 && page <= this.pages;
    if (there) link.href = this.#address(page);
    else link.removeAttribute("href");
    link.toggleAttribute("aria-disabled", !there);
    if (!there) link.setAttribute("aria-disabled", "true");
    if (there) link.removeAttribute("role");
    else link.setAttribute("role", "link");
  }

  /** The notes beside the page are those of the page: asked for again, which is no look. */
  #asked(): void {
    if (Number(this.querySelector("[data-count]")?.textContent) === 0) return;
    window.dispatchEvent(new CustomEvent("xz-refresh", { detail: ["notes-list"] }));
  }

  /** Who else reads the file now is asked for while the page is looked at. */
  #present(): void {
    if (!document.hidden) window.dispatchEvent(new CustomEvent("xz-refresh", { detail: ["present"] }));
  }

  #report(page: number): void {
    if (this.#reported.has(page)) return;
    this.#reported.add(page);
    void fetch(`${this.own}/looked`, { method: "POST", body: new URLSearchParams({ page: String(page) }), headers: { Accept: "application/json" }, keepalive: true });
  }

  #since = 0;
  #moved = 0;
  #spent = new Map<number, number>();

  /** How long pages are on the screen: while the window is seen and its reader there. It is reported now and then. */
  #clock(): void {
    this.#since = this.#moved = performance.now();
    const moved = (): void => { this.#count(); this.#moved = performance.now(); };
    for (const sign of ["pointermove", "keydown", "wheel", "touchstart"]) document.addEventListener(sign, () => { if (performance.now() - this.#moved > 1000) moved(); }, { passive: true });
    document.addEventListener("visibilitychange", () => { this.#count(); this.#tell(); });
    window.addEventListener("pagehide", () => { this.#count(); this.#tell(); });
    window.addEventListener("beforeprint", () => {
      void fetch(`${this.own}/looked`, { method: "POST", body: new URLSearchParams({ page: String(this.page), printed: "true" }), headers: { Accept: "application/json" }, keepalive: true });
    });
    window.setInterval(() => { this.#count(); this.#tell(); }, REPORT_MS);
  }

  /** Adds the time since the last look at the clock to the pages in sight. */
  #count(): void {
    const now = performance.now();
    const until = Math.min(now, this.#moved + IDLE_MS);
    const spent = this.#since ? Math.max(until - this.#since, 0) : 0;
    for (const page of this.view === "two" ? this.#spread(this.page) : [this.page]) this.#spent.set(page, (this.#spent.get(page) ?? 0) + spent);
    this.#since = document.hidden ? 0 : now;
  }

  #tell(): void {
    const body = new URLSearchParams();
    for (const [page, spent] of this.#spent) {
      const seconds = Math.floor(spent / 1000);
      if (seconds < 1) continue;
      body.append("page", String(page));
      body.append("seconds", String(seconds));
      this.#spent.set(page, spent - seconds * 1000);
    }
    if (body.has("page")) void fetch(`${this.own}/lingered`, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
  }

  #click(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-step]");
    if (!link?.href || event.ctrlKey || event.metaKey || event.shiftKey || link.dataset.step === "paper") return;
    const page = Number(new URL(link.href).searchParams.get("page"));
    if (!page) return;
    event.preventDefault();
    void this.show(page);
  }

  #submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (form.classList.contains("to-page")) {
      const page = Number(new FormData(form).get("page"));
      if (!Number.isInteger(page) || page < 1 || page > this.pages) return;
      event.preventDefault();
      void this.show(page);
      this.desk?.focus();
    } else if (form.hasAttribute("data-rotate")) {
      event.preventDefault();
      void this.#rotate(form);
    }
  }

  async #rotate(form: HTMLFormElement): Promise<void> {
    const turned = (Number(this.leaf()?.dataset.turn ?? 0) + 90) % 360;
    const body = new URLSearchParams({ page: String(this.page), degrees: String(turned) });
    await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    delete form.dataset.sending;
    this.#leaves.delete(this.page);
    const leaf = await this.#fetch(this.page, true);
    if (leaf) this.leaf()?.replaceWith(document.importNode(leaf.figure, true));
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test((event.target as Element).tagName)) return;
    if (event.key === "Home") void this.show(1);
    else if (event.key === "End") void this.show(this.pages);
    else return;
    event.preventDefault();
  }

  #fullScreen(): void {
    const button = this.querySelector<HTMLButtonElement>("[data-fullscreen]");
    if (!button || !document.fullscreenEnabled) return;
    button.hidden = false;
    button.addEventListener("click", () => void (document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen()));
  }

  /** Brings a small page into the sight of its own pane; the page that is read stays where it is. */
  #reveal(thumb: Element | null): void {
    const pane = thumb?.closest(".pane");
    const list = thumb?.closest("[data-thumbs]");
    if (!thumb || !pane || !list) return;
    const [place, box] = [thumb.getBoundingClientRect(), pane.getBoundingClientRect()];
    if (getComputedStyle(pane).overflowY === "auto") pane.scrollTop += place.top - box.top - Math.max((pane.clientHeight - place.height) / 2, 0);
    else list.scrollLeft += place.left - box.left - (box.width - place.width) / 2;
  }

  /** Small pages are added as one goes along: a long paper never has them all. */
  #thumbs(): void {
    const list = this.querySelector<HTMLOListElement>("[data-thumbs]");
    const pane = list?.closest(".pane");
    if (!list || !pane) return;
    const add = (page: number, where: "append" | "prepend"): void => {
      const item = list.querySelector("li")?.cloneNode(true) as HTMLLIElement;
      item.dataset.page = String(page);
      item.querySelector(".noted")?.remove();
      const link = item.querySelector("a") as HTMLAnchorElement;
      link.href = this.#address(page);
      link.removeAttribute("aria-current");
      const image = item.querySelector("img") as HTMLImageElement;
      image.src = `${this.own}/pages/${page}.jpg?w=${this.dataset.thumb}`;
      const words = item.querySelector("span");
      if (words) words.textContent = (this.dataset.wordsPage ?? "{n}").replace("{n}", String(page));
      list[where](item);
    };
    const ends = (): [number, number] => [Number(list.querySelector<HTMLLIElement>("li:first-child")?.dataset.page), Number(list.querySelector<HTMLLIElement>("li:last-child")?.dataset.page)];
    const grow = (): void => {
      const [first, last] = ends();
      const low = list.lastElementChild?.getBoundingClientRect().top ?? 0;
      const high = list.firstElementChild?.getBoundingClientRect().bottom ?? 0;
      const box = pane.getBoundingClientRect();
      if (low < box.bottom + 400) for (let page = last + 1; page <= Math.min(last + MORE, this.pages); page += 1) add(page, "append");
      if (high > box.top - 400 && first > 1) {
        const before = pane.scrollHeight;
        for (let page = first - 1; page >= Math.max(first - MORE, 1); page -= 1) add(page, "prepend");
        list.start = Math.max(first - MORE, 1);
        pane.scrollTop += pane.scrollHeight - before;
      }
    };
    pane.addEventListener("scroll", grow, { passive: true });
    this.#reveal(list.querySelector("[aria-current]"));
    this.addEventListener("turned", () => {
      if (list.querySelector(`li[data-page="${this.page}"]`)) return;
      const [first, last] = ends();
      if (this.page > last && this.page - last < 200) for (let page = last + 1; page <= this.page; page += 1) add(page, "append");
      if (this.page < first && first - this.page < 200) for (let page = first - 1; page >= this.page; page -= 1) add(page, "prepend");
      const link = list.querySelector(`li[data-page="${this.page}"] a`);
      link?.setAttribute("aria-current", "page");
      this.#reveal(link);
    });
  }

  /** All pages below each other: a slot for each, filled as it comes near, emptied when it is far. */
  #scrolled(): void {
    const leaves = this.leaves;
    const first = this.leaf();
    if (!leaves || !first) return;
    const shape = first.querySelector("svg.page")?.getAttribute("viewBox") ?? "0 0 1000 1414";
    const slots = Array.from({ length: this.pages }, (_, n) => {
      if (n + 1 === this.page) return first;
      const slot = document.createElement("figure");
      slot.className = `${first.className} is-empty`;
      slot.dataset.page = String(n + 1);
      slot.innerHTML = `<div class="stacked"><svg class="page" aria-hidden="true"></svg></div>`;
      slot.querySelector("svg")?.setAttribute("viewBox", shape);
      return slot;
    });
    leaves.replaceChildren(...slots);
    first.scrollIntoView({ block: "start" });
    const near = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) void this.#fill(target as HTMLElement);
    }, { root: this.#scroller(), rootMargin: "900px 0px" });
    for (const slot of slots) near.observe(slot);
    const seen = new IntersectionObserver(() => this.#settle(), { root: this.#scroller(), threshold: [0.2, 0.5, 0.8] });
    for (const slot of slots) seen.observe(slot);
    this.#swap = (old, fresh) => { near.unobserve(old); seen.unobserve(old); near.observe(fresh); seen.observe(fresh); };
  }

  #swap: (old: Element, fresh: Element) => void = () => undefined;

  #scroller(): Element | null {
    const desk = this.desk;
    return desk && getComputedStyle(desk).overflowY === "auto" ? desk : null;
  }

  async #fill(slot: HTMLElement): Promise<void> {
    if (!slot.classList.contains("is-empty")) return;
    slot.classList.remove("is-empty");
    const leaf = await this.#fetch(Number(slot.dataset.page), true);
    if (!leaf || !slot.isConnected) return slot.classList.add("is-empty");
    const fresh = document.importNode(leaf.figure, true);
    slot.replaceWith(fresh);
    this.#swap(slot, fresh);
    this.#settle();
  }

  /** The page that fills most of the window, once it has stayed for a glance, is the one that is read. */
  #settle(): void {
    window.clearTimeout(this.#glance);
    this.#glance = window.setTimeout(() => {
      const box = (this.#scroller() ?? document.documentElement).getBoundingClientRect();
      const top = Math.max(box.top, 0);
      const bottom = Math.min(box.bottom, window.innerHeight);
      let best = 0;
      let most = 0;
      for (const slot of this.querySelectorAll<HTMLElement>("figure.leaf:not(.is-empty)")) {
        const place = slot.getBoundingClientRect();
        const shown = Math.min(place.bottom, bottom) - Math.max(place.top, top);
        if (shown > most) { most = shown; best = Number(slot.dataset.page); }
        if (shown > (bottom - top) * 0.4) this.#report(Number(slot.dataset.page));
      }
      if (best && best !== this.page) { this.#at(best); this.#asked(); }
    }, GLANCE_MS);
  }

  async #roll(page: number): Promise<void> {
    const slot = this.leaf(page);
    slot?.scrollIntoView({ block: "start" });
    this.#at(page);
    this.#settle();
  }
}

customElements.define("xz-reader", PageReader);
