// Every page a person can walk to answers, reads well to a screen reader and fits the window.
import { enter, must, phone, wide } from "../court.mjs";

export const title = "every page within two steps of one's own first page answers, fits, and passes axe";

// One person of each kind, with a language and a width: together every language at every width.
const walkers = [
  ["甄明理", "zh", wide],
  ["借未还", "en", phone],
  ["贾借出", "zh", phone],
  ["纪真", "en", wide],
  ["收立案", "zh", phone],
  ["送必达", "en", phone],
  ["财清楚", "zh", wide],
  ["庭之长", "en", wide],
  ["管审判", "zh", phone],
  ["律一方", "en", wide],
  ["系统员", "zh", wide],
  ["审计员", "en", phone],
];
const pagesEach = 10;

/** Files are fetched, not looked at. */
const isPage = (path) => !/\.(csv|pdf|xlsx|zip|eml|json)(\?|$)|^\/assets\/|^\/live/.test(path);

/** Two addresses of one kind: `/cases/…/file` of another case is seen once. */
const kind = (path) => path.split("?")[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…");

async function walk([name, lang, width]) {
  const reader = await enter(name, { lang, width });
  const faults = [];
  const seen = new Set();
  const ahead = [["/", 0]];
  let count = 0;
  while (ahead.length && count < pagesEach) {
    const [path, depth] = ahead.shift();
    if (seen.has(kind(path))) continue;
    seen.add(kind(path));
    const status = await reader.opens(path).catch(() => 0);
    if (status === 0 || (status === 200 && !reader.type.startsWith("text/html"))) continue; // a file
    seen.add(kind(new URL(reader.page.url()).pathname));
    count += 1;
    const wrong = status === 200 ? await reader.look() : [`answers ${status}`];
    faults.push(...wrong.map((words) => `${kind(path)} (${name}, ${lang}, ${width}): ${words}`));
    if (depth < 2 && status === 200) ahead.push(...(await reader.links()).filter(isPage).map((link) => [link, depth + 1]));
  }
  await reader.leave();
  return { count, faults };
}

export async function story() {
  let count = 0;
  const faults = [];
  for (const walker of walkers) {
    const walked = await walk(walker);
    count += walked.count;
    faults.push(...walked.faults);
  }
  must(faults.length === 0, `${count} pages, ${faults.length} faults\n     ${faults.join("\n     ")}`);
  return `${count} pages`;
}
