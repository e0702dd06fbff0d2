// Every view in every telling state: what the gallery of the demonstration shows, in both languages.
//
// Each sample is opened once a language, and asked every rule of axe once a language: in Chinese on a desk, in English
// in a hand, so that both widths are measured. Colours, which take axe most of its time, are measured in the light and
// in the dark on every kind of text once a language: what has the same names, classes and states from the root down has
// the same colours. In both languages a sample fits at both widths, enlarged to 200 %, and with type of twice the size.
import { base, enter, must, phone, wide } from "../court.mjs";

export const title = "every view in every telling state reads well and fits: both languages, both widths, dark, enlarged";

const langs = ["zh", "en"];
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

/**
 * Hangs the next sample in the window in place of the last: its own markup under the styles that are there, without
 * loading anew what all samples share (and axe, which takes longer to begin than to look). That pages load is shown by
 * the story of the pages.
 */
async function hang(reader, name) {
  return reader.page.evaluate(async (path) => {
    const answer = await fetch(path, { headers: { Accept: "text/html" } });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const styles = (of) => [...of.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href")).join(" ");
    if (styles(next) !== styles(document)) return "other styles";
    const [old, root] = [document.documentElement, next.documentElement];
    for (const { name } of [...old.attributes]) old.removeAttribute(name);
    for (const { name, value } of root.attributes) old.setAttribute(name, value);
    document.title = next.title;
    document.body.replaceWith(document.adoptNode(next.body));
    scrollTo(0, 0);
    return answer.status;
  }, `/gallery/${name}`);
}

/** What is wrong with one sample, in one language. */
async function wrong(reader, name, isFirst) {
  const found = [];
  await reader.widen(looks[reader.lang][0].width);
  const status = await (isFirst ? reader.go(`/gallery/${name}`) : hang(reader, name));
  if (status !== 200) return [`${name} (${reader.lang}) answers ${status}`];
  for (const { where, width, look } of looks[reader.lang]) {
    await reader.widen(width);
    found.push(...(await look(reader)).map((words) => `${name} (${reader.lang}, ${where}): ${words}`));
  }
  return found;
}

/** All samples in one language, one after another in one window. */
async function walk(lang, all) {
  const reader = await enter(undefined, { lang, motion: false });
  const faults = [];
  for (const [at, name] of all.entries()) faults.push(...(await wrong(reader, name, at === 0)));
  await reader.leave();
  return faults;
}

export async function story() {
  const only = process.env.GALLERY;
  const all = (await names()).filter((name) => !only || name.startsWith(only));
  must(all.length > 0, "the gallery is empty");
  const faults = (await Promise.all(langs.map((lang) => walk(lang, all)))).flat();
  must(faults.length === 0, `${all.length} samples, ${faults.length} faults\n     ${faults.join("\n     ")}`);
  return `${all.length} samples in ${langs.length} languages`;
}
