// Every view in every telling state: what the gallery of the demonstration shows, in both languages.
//
// Each sample is opened once a language. It passes axe wide and on a phone; colours, which no language changes,
// are measured once in Chinese at each width and in the dark. It fits at each width, and enlarged to 200 %.
import { base, enter, must, phone, wide } from "../court.mjs";

export const title = "every view in every telling state reads well and fits: both languages, both widths, dark, enlarged";

const langs = ["zh", "en"];

async function names() {
  const answer = await fetch(`${base}/gallery`, { headers: { Accept: "application/json" } });
  return (await answer.json()).pieces.map(([name]) => name);
}

/** What is wrong with one sample, in one language. */
async function wrong(reader, name) {
  const { page } = reader;
  const found = [];
  const note = (where, faults) => found.push(...faults.map((words) => `${name} (${reader.lang}, ${where}): ${words}`));
  const colours = reader.lang === "zh";
  const without = colours ? [] : ["color-contrast"];
  await page.setViewportSize({ width: wide, height: 1000 });
  const status = await reader.go(`/gallery/${name}`);
  if (status !== 200) return [`${name} (${reader.lang}) answers ${status}`];
  note(wide, await reader.look({ without }));
  if (colours) {
    await page.emulateMedia({ colorScheme: "dark" });
    note("dark", await reader.look({ only: ["color-contrast", "link-in-text-block"] }));
    await page.emulateMedia({ colorScheme: "light" });
  }
  await page.setViewportSize({ width: wide / 2, height: 500 }); // what a browser does at 200 %
  note("enlarged to 200 %", await reader.look({ axe: false }));
  await page.setViewportSize({ width: phone, height: 844 });
  note(phone, await reader.look({ without }));
  return found;
}

async function walk(lang, all) {
  const reader = await enter(undefined, { lang, motion: lang === "zh" });
  const faults = [];
  for (const name of all) faults.push(...(await wrong(reader, name)));
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
