// Every view in every telling state: what the gallery of the demonstration shows, in both languages.
//
// Each sample is opened once a language, and asked every rule of axe once a language: in Chinese on a desk, in English
// in a hand, so that both widths are measured. Colours, which take axe most of its time, are measured in the light and
// in the dark on every kind of text once a language: what has the same names, classes and states from the root down has
// the same colours. In both languages a sample fits at both widths, enlarged to 200 %, and with type of twice the size.
import { base, enter, must, phone, wide } from "../court.mjs";

export const title = "every view in every telling state reads well and fits: both languages, both widths, dark, enlarged";

const langs = ["zh", "en"];
/** Windows open at once a language: while one waits for its page, another is measured. */
const windows = 2;

async function names() {
  const answer = await fetch(`${base}/gallery`, { headers: { Accept: "application/json" } });
  return (await answer.json()).pieces.map(([name]) => name);
}

const fits = (reader) => reader.look({ axe: false });

/** The kinds of text whose colours were measured, by language. */
const seen = { zh: new Set(), en: new Set() };

/** Marks the text of the page of a kind that was not seen before; tells how many there are. */
async function markUnseen(reader) {
  const kinds = await reader.page.evaluate(() => {
    const states = ["class", "lang", "type", "open", "disabled", "checked", "data-theme", "data-label", "aria-current",
      "aria-pressed", "aria-disabled", "aria-selected", "aria-invalid", "aria-expanded", "aria-sort"];
    const known = new Map([[null, ""]]);
    const kind = (node) => {
      if (!known.has(node)) {
        const own = states.map((name) => node.getAttribute(name) ?? "").join("|");
        known.set(node, `${kind(node.parentElement)}>${node.localName}|${own}`);
      }
      return known.get(node);
    };
    const says = (node) => node.matches("input, select, textarea") || [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
    globalThis.texts = [...document.querySelectorAll("body *")].filter(says);
    return globalThis.texts.map(kind);
  });
  const fresh = kinds.flatMap((kind, at) => (seen[reader.lang].has(kind) ? [] : [at]));
  for (const kind of kinds) seen[reader.lang].add(kind);
  await reader.page.evaluate((fresh) => fresh.forEach((at) => globalThis.texts[at].setAttribute("data-unseen", "")), fresh);
  return fresh.length;
}

const colours = ["color-contrast", "link-in-text-block"];

async function rules(reader) {
  const wrong = await reader.look({ without: colours });
  if (!(await markUnseen(reader))) return wrong;
  for (const colorScheme of ["light", "dark"]) {
    await reader.page.emulateMedia({ colorScheme });
    const faults = await reader.look({ only: colours, within: "[data-unseen]" });
    wrong.push(...faults.map((words) => `${words} (${colorScheme})`));
  }
  await reader.page.emulateMedia({ colorScheme: "light" });
  return wrong;
}

async function withLargeType(reader) {
  await reader.magnify(2);
  const wrong = await fits(reader);
  await reader.magnify(1);
  return wrong;
}

/** How each language looks: where, and what is measured there; the first is the width a sample is opened at. */
const looks = {
  zh: [
    { where: "desk", width: wide, look: rules },
    { where: "desk, large type", width: wide, look: withLargeType },
    { where: "desk, enlarged", width: wide / 2, look: fits }, // what a browser does at 200 %
    { where: "phone", width: phone, look: fits },
  ],
  en: [
    { where: "phone", width: phone, look: rules },
    { where: "desk, enlarged", width: wide / 2, look: fits },
    { where: "desk", width: wide, look: fits },
    { where: "desk, large type", width: wide, look: withLargeType },
  ],
};

/** What is wrong with one sample, in one language. */
async function wrong(reader, name) {
  const found = [];
  await reader.widen(looks[reader.lang][0].width);
  const status = await reader.go(`/gallery/${name}`);
  if (status !== 200) return [`${name} (${reader.lang}) answers ${status}`];
  for (const { where, width, look } of looks[reader.lang]) {
    await reader.widen(width);
    found.push(...(await look(reader)).map((words) => `${name} (${reader.lang}, ${where}): ${words}`));
  }
  return found;
}

/** One window, which takes sample after sample until none is left. */
async function walk(lang, left) {
  const reader = await enter(undefined, { lang, motion: false });
  const faults = [];
  for (let name = left.pop(); name; name = left.pop()) faults.push(...(await wrong(reader, name)));
  await reader.leave();
  return faults;
}

/** All samples in one language. */
function walks(lang, all) {
  const left = [...all];
  return Array.from({ length: windows }, () => walk(lang, left));
}

export async function story() {
  const only = process.env.GALLERY;
  const all = (await names()).filter((name) => !only || name.startsWith(only));
  must(all.length > 0, "the gallery is empty");
  const faults = (await Promise.all(langs.flatMap((lang) => walks(lang, all)))).flat();
  must(faults.length === 0, `${all.length} samples, ${faults.length} faults\n     ${faults.join("\n     ")}`);
  return `${all.length} samples in ${langs.length} languages`;
}
