// Live hints. The stream says only that something changed; the page then asks again for the marked fragments,
// and is authorised again. A hint: {"topic":"case:ID","position":7}; {"topic":"*"} asks for everything once more.
//
// <section id="changes" data-live="case:ID" [data-live-from="/url"]>: without a URL the page itself is asked.

import htmx from "htmx.org";

interface Hint { topic: string; position?: number }

const STREAM = "/live";
const pending = new Set<Element>();
let scheduled = false;

function wanted(topic: string): Element[] {
  return [...document.querySelectorAll("[data-live]")].filter((part) => {
    const topics = (part.getAttribute("data-live") ?? "").split(/\s+/);
    return topic === "*" || topics.includes(topic);
  });
}

/** A part that holds the focus of someone typing, or of someone who unfolded something, is left alone until they leave it. */
function inUse(part: Element): boolean {
  const active = document.activeElement;
  if (active === null || !part.contains(active)) return false;
  return /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName) || (active.tagName === "SUMMARY" && active.parentElement?.hasAttribute("open") === true);
}

async function refresh(part: Element): Promise<void> {
  if (!part.isConnected || !part.id) return;
  await htmx.ajax("GET", part.getAttribute("data-live-from") ?? location.pathname + location.search, {
    source: part as HTMLElement, target: `#${CSS.escape(part.id)}`, select: `#${CSS.escape(part.id)}`, swap: "outerMorph",
    headers: { "X-Refresh": "live" },
  } as Parameters<typeof htmx.ajax>[2]);
}

function flush(): void {
  scheduled = false;
  if (document.hidden) return;
  for (const part of pending) {
    if (inUse(part)) continue;
    pending.delete(part);
    void refresh(part);
  }
}

function soon(): void {
  if (scheduled) return;
  scheduled = true;
  window.setTimeout(flush, 20);
}

function hear(hint: Hint): void {
  for (const part of wanted(hint.topic)) pending.add(part);
  if (pending.size > 0) soon();
}

function parse(data: string): void {
  try {
    hear(JSON.parse(data) as Hint);
  } catch {
    hear({ topic: "*" });
  }
}

/** Parts that a page asks for anew by itself, by their ids. */
function again(event: Event): void {
  for (const id of (event as CustomEvent<string[]>).detail) {
    const part = document.getElementById(id);
    if (part) pending.add(part);
  }
  if (pending.size > 0) soon();
}

/** One stream for all pages of the browser where it can be shared; else one for this page. */
function connect(): void {
  const worker = document.querySelector<HTMLMetaElement>('meta[name="live-worker"]')?.content;
  if (worker && "SharedWorker" in window) {
    try {
      const shared = new SharedWorker(worker, { name: "xiezhi-live" });
      shared.port.onmessage = (event: MessageEvent<string>) => parse(event.data);
      shared.onerror = () => direct();
      shared.port.start();
      window.addEventListener("pagehide", () => shared.port.postMessage("leave"));
      return;
    } catch { /* a browser that refuses workers still has the stream */ }
  }
  direct();
}

function direct(): void {
  const stream = new EventSource(STREAM);
  stream.onmessage = (event) => parse(event.data as string);
  stream.addEventListener("resync", () => hear({ topic: "*" }));
}

export function followLive(): void {
  if (!document.querySelector("[data-live]")) return;
  connect();
  window.addEventListener("xz-refresh", again);
  document.addEventListener("visibilitychange", () => { if (pending.size > 0) soon(); });
  document.addEventListener("focusout", () => { if (pending.size > 0) window.setTimeout(soon, 200); });
  // A page taken from the back-forward cache slept through the hints.
  window.addEventListener("pageshow", (event) => { if (event.persisted) hear({ topic: "*" }); });
}
