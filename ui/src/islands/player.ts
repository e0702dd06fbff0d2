// <xz-player>: sound and film with chapters. A chapter is a note at a moment: a click or [ and ] go there, M notes one where
// it stands. The first time a film plays before someone who may, a frame of it is taken as its picture. Without the script
// each chapter is a link, and the form takes a moment as it is typed.

import { FRAME_SECONDS, frameOf } from "./poster";

/** Steps of the arrow keys. */
const STEP_SECONDS = 5;

const words = (seconds: number): string => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const two = (part: number): string => String(part).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

class Player extends HTMLElement {
  #taking = false;

  connectedCallback(): void {
    const media = this.#media;
    if (!media) return;
    document.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    document.querySelector<HTMLDetailsElement>("[data-write]")?.addEventListener("toggle", (event) => this.#opened(event.target as HTMLDetailsElement));
    media.addEventListener("timeupdate", () => this.#played());
    const button = this.querySelector<HTMLButtonElement>("[data-take-picture]");
    if (button && media instanceof HTMLVideoElement) {
      media.addEventListener("loadeddata", () => { button.hidden = false; });
      button.addEventListener("click", () => void this.#take());
    }
  }

  get #media(): HTMLMediaElement | null { return this.querySelector("video, audio"); }
  get #chapters(): number[] { return [...this.querySelectorAll<HTMLElement>(".chapters [data-seek]")].map((one) => Number(one.dataset.seek)); }

  #go(seconds: number): void {
    const media = this.#media;
    if (!media) return;
    media.currentTime = Math.max(seconds, 0);
    history.replaceState(history.state, "", `?at=${Math.floor(media.currentTime)}`);
  }

  #click(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLElement>("[data-seek]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#go(Number(link.dataset.seek));
    void this.#media?.play().catch(() => undefined);
  }

  #key(event: KeyboardEvent): void {
    const media = this.#media;
    const target = event.target as Element;
    if (!media || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT|VIDEO|AUDIO)$/.test(target.tagName)) return;
    if (event.key === " " && /^(BUTTON|SUMMARY|A)$/.test(target.tagName)) return;
    const now = media.currentTime;
    if (event.key === " ") void (media.paused ? media.play().catch(() => undefined) : media.pause());
    else if (event.key === "ArrowLeft") this.#go(now - STEP_SECONDS);
    else if (event.key === "ArrowRight") this.#go(now + STEP_SECONDS);
    else if (event.key === "[") this.#go(this.#chapters.filter((at) => at < now - 2).pop() ?? 0);
    else if (event.key === "]") { const next = this.#chapters.find((at) => at > now + 0.5); if (next !== undefined) this.#go(next); }
    else return;
    event.preventDefault();
  }

  /** Whoever begins to write notes the moment at which it stands. */
  #opened(form: HTMLDetailsElement): void {
    const field = form.querySelector<HTMLInputElement>('input[name="at"]');
    if (form.open && field && field.value === "") field.value = words(this.#media?.currentTime ?? 0);
    if (form.open) form.querySelector<HTMLTextAreaElement>('textarea[name="words"]')?.focus();
  }

  #played(): void {
    const media = this.#media;
    const now = media?.currentTime ?? 0;
    const here = this.#chapters.filter((at) => at <= now + 0.2).pop();
    for (const link of this.querySelectorAll<HTMLElement>(".chapters [data-seek]")) {
      if (Number(link.dataset.seek) === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (this.hasAttribute("data-wanted") && media && !media.paused && now >= Math.min(FRAME_SECONDS, media.duration / 2)) void this.#take();
  }

  /** The frame that is shown becomes the picture. */
  async #take(): Promise<void> {
    const film = this.#media;
    const to = this.dataset.picture;
    if (!to || this.#taking || !(film instanceof HTMLVideoElement) || film.videoWidth === 0) return;
    this.#taking = true;
    this.removeAttribute("data-wanted");
    const picture = await frameOf(film);
    const answer = picture && (await fetch(to, { method: "POST", body: picture, headers: { "Content-Type": "image/jpeg", Accept: "application/json" } }).catch(() => undefined));
    const said = this.querySelector("[data-said]");
    if (answer?.ok && said) said.textContent = this.dataset.taken ?? "";
    this.#taking = false;
  }
}

customElements.define("xz-player", Player);
