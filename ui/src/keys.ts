// The keyboard: J/K move, Enter opens, / searches, G then a letter goes, ? shows the sheet, Ctrl K the palette;
// and what a page itself names by data-key.

const ROWS = "[data-row]";
let went = 0;

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !/^(checkbox|radio)$/.test((target as HTMLInputElement).type ?? "");
}

function mainLink(row: Element): HTMLElement | null {
  return row.querySelector<HTMLElement>("a.what, td.title a, a");
}

/** Moves the focus among the rows; the row itself only shows where it is. */
function move(step: 1 | -1): void {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => row.getClientRects().length > 0);
  if (rows.length === 0) return;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  if (next) mainLink(next)?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function go(letter: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`a[data-go="${CSS.escape(letter)}"]`);
  link?.click();
  return link !== null;
}

function show(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

function search(event: Event): void {
  // A page that has a search of its own is searched first.
  const field = document.querySelector<HTMLInputElement>('input[data-key="/"]') ?? document.querySelector<HTMLInputElement>("input[data-search]");
  if (!field || field.getClientRects().length === 0) return;
  event.preventDefault();
  field.focus();
  field.select();
}

/** Presses what names this key: a box to tick, the way to the next one. */
function pressMarked(key: string): void {
  const marked = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  marked?.focus();
  marked?.click();
}

function pressed(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === 229) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    return openPalette();
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    return document.querySelector<HTMLElement>("[data-primary]")?.click();
  }
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (Date.now() - went < 1200 && /^[a-z]$/.test(key)) {
    went = 0;
    if (go(key)) event.preventDefault();
    return;
  }
  if (key === "j") move(1);
  else if (key === "k") move(-1);
  else if (key === "g") went = Date.now();
  else if (key === "/") search(event);
  else if (event.key === "?") show(document.getElementById("page-keys") ? "page-keys" : "keys");
  else pressMarked(key);
}

/** Fills the palette with where one can go from here, and with a search for the words typed. */
function fill(field: HTMLInputElement, list: HTMLElement): void {
  const words = field.value.trim().toLowerCase();
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a[data-go], nav.tabs a, a[data-palette]")];
  const found = links.filter((link) => (link.textContent ?? "").toLowerCase().includes(words)).slice(0, 12);
  list.replaceChildren(...found.map((link) => entry(link.href, (link.querySelector("span") ?? link).textContent ?? "")));
  if (words && list.dataset.search) list.append(entry(`${list.dataset.search}${encodeURIComponent(field.value.trim())}`, `${list.dataset.words ?? ""} ${field.value.trim()}`));
  select(list, 0);
}

function entry(href: string, words: string): HTMLLIElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = href;
  link.textContent = words.trim();
  item.append(link);
  return item;
}

function select(list: HTMLElement, to: number): void {
  const links = [...list.querySelectorAll("a")];
  const at = (to + links.length) % Math.max(links.length, 1);
  links.forEach((link, i) => (i === at ? link.setAttribute("aria-selected", "true") : link.removeAttribute("aria-selected")));
  links[at]?.scrollIntoView({ block: "nearest" });
}

function openPalette(): void {
  show("palette");
  const field = document.querySelector<HTMLInputElement>("#palette input");
  const list = document.querySelector<HTMLElement>("#palette .palette-list");
  if (!field || !list) return;
  field.value = "";
  field.focus();
  fill(field, list);
}

function steer(event: KeyboardEvent, list: HTMLElement): void {
  const links = [...list.querySelectorAll("a")];
  const at = links.findIndex((link) => link.hasAttribute("aria-selected"));
  if (event.key === "ArrowDown") select(list, at + 1);
  else if (event.key === "ArrowUp") select(list, at - 1);
  else if (event.key === "Enter" && !event.isComposing) links[at]?.click();
  else return;
  event.preventDefault();
}

export function listenForKeys(): void {
  document.addEventListener("keydown", pressed);
  const field = document.querySelector<HTMLInputElement>("#palette input");
  const list = document.querySelector<HTMLElement>("#palette .palette-list");
  if (!field || !list) return;
  field.addEventListener("input", () => fill(field, list));
  field.addEventListener("keydown", (event) => steer(event, list));
}
