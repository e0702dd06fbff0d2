// Every view in every telling state: what the gallery of the demonstration shows, in both languages.
//
// Each sample is opened once a language, and every rule of axe is asked once a language: in Chinese on a desk, in
// English in a hand, so that both widths are measured. Colours are measured in the dark too, which no language changes.
// In both languages it fits at both widths, enlarged to 200 %, and with type of twice the size.
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

async function inTheDark(reader) {
  await reader.page.emulateMedia({ colorScheme: "dark" });
  const wrong = await reader.look({ only: ["color-contrast", "link-in-text-block"] });
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
    { where: "desk", width: wide, look: (reader) => reader.look() },
    { where: "desk, dark", width: wide, look: inTheDark },
    { where: "desk, large type", width: wide, look: withLargeType },
    { where: "desk, enlarged", width: wide / 2, look: fits }, // what a browser does at 200 %
    { where: "phone", width: phone, look: fits },
  ],
  en: [
    { where: "phone", width: phone, look: (reader) => reader.look() },
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
