// Pasting from Word or WPS into a field: paragraphs and the numbers that were counted, nothing else. Without it, or
// without such markup, the browser pastes plain text.

const FROM_OFFICE = /class="?Mso|mso-|urn:schemas-microsoft-com:office|kingsoft|name="?Generator"? content="?(Microsoft|WPS)/i;
const HIDDEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]/g;
const BLOCKS = new Set(["P", "LI", "H1", "H2", "H3", "H4", "H5", "H6", "TR"]);
const BREAK = "\u2028";
const WITHIN_CHINESE = /(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])/g;
const CHINESE = "零一二三四五六七八九";

/** Whether markup comes from an office program. */
export const isFromOffice = (html: string): boolean => FROM_OFFICE.test(html);

/** The words of such markup, a paragraph to a line. */
export function words(html: string): string {
  // Word hides the number of a paragraph from browsers that make lists of their own; here it is wanted.
  const shown = html.replace(/<!--\[if !supportLists\]-->|<!\[if !supportLists\]>|<!--\[endif\]-->|<!\[endif\]>/g, "")
    // Looks are read as words: the policy of the page would complain of every one.
    .replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle=/gi, " data-style=");
  const page = new DOMParser().parseFromString(shown, "text/html");
  for (const gone of page.querySelectorAll("style, script, head, del, .MsoCommentReference, [data-style*='mso-element:comment'], [data-style*='display:none']")) gone.remove();
  const lines = [...page.querySelectorAll("p, li, h1, h2, h3, h4, h5, h6, tr")].filter((node) => !node.parentElement?.closest("p, li, tr"));
  const told = lines.length > 0 ? lines.flatMap(line) : [page.body.textContent ?? ""];
  return told.map(clean).filter((text) => text !== "").join("\n");
}

function line(node: Element): string[] {
  if (node.tagName === "TR") return [[...node.children].map((cell) => clean(cell.textContent ?? "")).join("　")];
  for (const pause of node.querySelectorAll("br")) pause.replaceWith(BREAK);
  const pieces = plain(node).split(BREAK);
  if (node.tagName === "LI") pieces[0] = counted(node) + pieces[0];
  return pieces;
}

/** Breaks of a line in the markup are spaces, or nothing between Chinese letters; those that were set stand as they are. */
function plain(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? "").replace(/[ \t]*\r?\n[ \t]*/g, " ").replace(WITHIN_CHINESE, "");
  if (node instanceof Element && node !== node.ownerDocument.body && BLOCKS.has(node.tagName) && node.parentElement?.closest("li")) return `${BREAK}${[...node.childNodes].map(plain).join("")}`;
  return [...node.childNodes].map(plain).join("");
}

/** The number of an item that the program counts. */
function counted(item: Element): string {
  const list = item.parentElement;
  if (list?.tagName !== "OL") return "";
  const items = [...list.children].filter((child) => child.tagName === "LI");
  const no = Number(list.getAttribute("start") ?? 1) + items.indexOf(item);
  const chinese = /cjk|chinese|ideograph/.test(`${list.getAttribute("data-style")} ${list.getAttribute("type")} ${item.getAttribute("data-style")}`);
  return chinese ? `${inChinese(no)}、` : `${no}.`;
}

function inChinese(no: number): string {
  if (no < 10) return CHINESE[no];
  if (no < 100) return `${no < 20 ? "" : CHINESE[Math.floor(no / 10)]}十${no % 10 === 0 ? "" : CHINESE[no % 10]}`;
  return String(no);
}

/** Spaces after a number that the program set, and what nobody sees, go. */
const clean = (text: string): string => text.replace(HIDDEN, "").replace(/\u00a0/g, " ").replace(/^([（(]?[一二三四五六七八九十百\d]{1,4}[、.．)）])\s+/, "$1").trim();

function paste(event: ClipboardEvent): void {
  const place = event.target;
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!(place instanceof HTMLTextAreaElement) || !isFromOffice(html)) return;
  const text = words(html);
  if (text === "") return;
  event.preventDefault();
  // As if it was typed, so that it can be undone.
  if (!document.execCommand("insertText", false, text)) {
    place.setRangeText(text, place.selectionStart, place.selectionEnd, "end");
    place.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export function cleanPaste(): void {
  document.addEventListener("paste", paste);
}
