// Tells every story in ./stories, or those named, one line each; fails if one fails. Stories share a court;
// one that says `own` gets a court of its own, in which it may move the calendar on.
import { readdirSync } from "node:fs";
import { close, open, visit } from "./court.mjs";
import { closeCourts, openCourt } from "./courts.mjs";

const named = process.argv.slice(2).map((name) => `${name.replace(/\.mjs$/, "")}.mjs`);
const all = readdirSync(new URL("stories/", import.meta.url)).filter((file) => file.endsWith(".mjs")).sort();
let failed = 0;
let shared;

/** The court of a story: COURT names one that is open already. */
async function courtOf(file, own) {
  if (process.env.COURT) return { address: process.env.COURT, scans: process.env.SCANS };
  if (own) return openCourt(file);
  shared ??= await openCourt("shared");
  return shared;
}

async function tell(file) {
  const { title, story, own = false } = await import(new URL(`stories/${file}`, import.meta.url));
  const court = await courtOf(file, own);
  visit(court.address, court.scans);
  const began = Date.now();
  const outcome = await story().then((words) => ({ ok: true, words }), (error) => ({ ok: false, words: error.message }));
  failed += outcome.ok ? 0 : 1;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${outcome.ok ? "ok  " : "FAIL"} ${title} (${seconds} s)${outcome.words ? `: ${outcome.words}` : ""}`);
  if (own) await court.close?.();
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => closeCourts().finally(() => process.exit(1)));
await open();
try {
  for (const file of named.length ? named : all) await tell(file);
} finally {
  await close();
  await closeCourts();
}
process.exit(failed ? 1 : 0);
