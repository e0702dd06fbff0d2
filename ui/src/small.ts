// Small comforts that need no module of their own.

/** Closes an open menu when the reader turns elsewhere or presses Escape. */
function closeMenus(event: Event): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open], details.proof[open]")) {
    const leaving = event instanceof KeyboardEvent ? event.key === "Escape" : !menu.contains(event.target as Node);
    if (!leaving) continue;
    menu.open = false;
    if (event instanceof KeyboardEvent) menu.querySelector("summary")?.focus();
  }
}

/** A tick at the head of a table ticks every row that may be ticked. */
function tickAll(event: Event): void {
  const head = (event.target as Element).closest<HTMLInputElement>("input[data-tick-all]");
  const table = head?.closest("table");
  if (!head || !table) return;
  for (const box of table.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]:not(:disabled)")) box.checked = head.checked;
  countTicks(table);
}

/** The links over a list of boxes tick all of it, or nothing, where it stands: what was typed beside it stays. */
function tickList(event: Event): void {
  const link = (event.target as Element).closest?.<HTMLElement>("a[data-tick]");
  const list = link?.closest("fieldset");
  if (!link || !list) return;
  event.preventDefault();
  for (const box of list.querySelectorAll<HTMLInputElement>("input[type=checkbox]")) box.checked = link.dataset.tick === "all";
}

/** Marks ticked rows and writes their number where the batch bar asks for it. */
function countTicks(table: Element): void {
  let ticked = 0;
  for (const box of table.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]")) {
    box.closest("tr")?.classList.toggle("here", box.checked);
    if (box.checked) ticked += 1;
  }
  const place = table.closest("form")?.querySelector("[data-ticked]");
  if (place) place.textContent = String(ticked);
}

/** A form is sent once: the second press of its verb does nothing. */
function sendOnce(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method.toLowerCase() !== "post" || form.hasAttribute("data-again")) return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = "yes";
  window.setTimeout(() => delete form.dataset.sending, 8000);
}

function openDialog(event: Event): void {
  const opener = (event.target as Element).closest?.("[data-opens]");
  const dialog = opener && document.getElementById(opener.getAttribute("data-opens") ?? "");
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  dialog.showModal();
}

let lastWritten: HTMLTextAreaElement | null = null;

/** What a button carries goes where someone last wrote in the form of the page. */
function carry(event: Event): void {
  const button = (event.target as Element).closest?.<HTMLElement>("[data-insert]");
  const place = lastWritten?.isConnected ? lastWritten : document.querySelector<HTMLTextAreaElement>("main form textarea");
  if (!button || !place) return;
  place.setRangeText(button.dataset.insert ?? "", place.selectionStart, place.selectionEnd, "end");
  place.dispatchEvent(new Event("input", { bubbles: true }));
  place.focus();
}

const COURT_MS = 8 * 3_600_000;

/** The minute of printing, by the court's clock: that of the page, and how long it has been open. */
function tellMinute(): void {
  const place = document.querySelector<HTMLTimeElement>("time[data-printed]");
  if (!place) return;
  const open = Date.now() - performance.timeOrigin;
  const at = new Date(Date.parse(place.dateTime) + Math.max(open, 0) + COURT_MS);
  place.textContent = at.toISOString().slice(0, 16).replace("T", " ");
}

export function enhance(): void {
  window.addEventListener("beforeprint", tellMinute);
  for (const button of document.querySelectorAll<HTMLElement>("[data-insert]")) button.hidden = false;
  document.addEventListener("click", carry);
  document.addEventListener("focusin", (event) => { if (event.target instanceof HTMLTextAreaElement) lastWritten = event.target; });
  document.addEventListener("click", closeMenus);
  document.addEventListener("click", openDialog);
  document.addEventListener("click", tickList);
  document.addEventListener("keydown", closeMenus);
  document.addEventListener("submit", sendOnce);
  document.addEventListener("change", (event) => {
    tickAll(event);
    const table = (event.target as Element).closest?.("table");
    if (table?.querySelector("[data-tick-all]")) countTicks(table);
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest?.("[data-print]")) window.print();
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sending;
  });
}
