// Tells every story in ./stories, or those named, one line each; fails if one fails.
import { readdirSync } from "node:fs";
import { close, open } from "./court.mjs";

const named = process.argv.slice(2).map((name) => `${name.replace(/\.mjs$/, "")}.mjs`);
const all = readdirSync(new URL("stories/", import.meta.url)).filter((file) => file.endsWith(".mjs")).sort();
let failed = 0;

await open();
for (const file of named.length ? named : all) {
  const began = Date.now();
  const { title, story } = await import(new URL(`stories/${file}`, import.meta.url));
  const outcome = await story().then((words) => ({ ok: true, words }), (error) => ({ ok: false, words: error.message }));
  failed += outcome.ok ? 0 : 1;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${outcome.ok ? "ok  " : "FAIL"} ${title} (${seconds} s)${outcome.words ? `: ${outcome.words}` : ""}`);
}
await close();
process.exit(failed ? 1 : 0);
