// Fails when the built files hold what the oldest supported browser (Chromium 109) cannot read,
// what the content security policy forbids, or more bytes than a page may carry.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "dist");
const manifest = JSON.parse(await readFile(join(dist, "manifest.json"), "utf8"));
const read = async (name) => readFile(join(dist, manifest[name]), "utf8");
const faults = [];

const css = await read("app.css");
const tooNew = {
  "light-dark()": /light-dark\(/, "color-mix()": /color-mix\(/, "nesting": /[{;]\s*&|\{[^{}]*\{[^{}]*\{[^{}]*\{/,
  "oklch()/oklab()": /okl(ch|ab)\(/, "@layer": /@layer\b/, "@scope": /@scope\b/, "popover": /:popover-open/, "dvh units": /\d[sdl]vh/,
  "data: URL": /url\(["']?data:/,
};
for (const [word, pattern] of Object.entries(tooNew)) if (pattern.test(css)) faults.push(`app.css uses ${word}`);
for (const name of Object.keys(manifest).filter((n) => n.endsWith(".js"))) {
  const js = await read(name);
  if (/\beval\(/.test(js)) faults.push(`${name} uses eval`);
  // The library keeps its evaluator for attributes we never write; our own islands have none.
  if (name !== "app.js" && /new Function\(/.test(js)) faults.push(`${name} uses new Function`);
}
const size = async (name) => gzipSync(await readFile(join(dist, manifest[name]))).length;
const limits = { "app.css": 18_000, "app.js": 40_000 };
for (const [name, limit] of Object.entries(limits)) {
  const bytes = await size(name);
  if (bytes > limit) faults.push(`${name} is ${bytes} bytes compressed, more than ${limit}`);
}
if (faults.length) {
  console.error(faults.map((f) => `ui check: ${f}`).join("\n"));
  process.exit(1);
}
console.log("ui check: passed");
