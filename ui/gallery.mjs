// Looks at pages: photographs them at both widths, runs axe, and fails on sideways scrolling or a finding.
// `node gallery.mjs FOLDER [--dark]` after `cargo run --example gallery -- FOLDER`.
import { chromium } from "playwright-core";
import { createServer } from "node:http";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const folder = process.argv[2] ?? "../target/gallery";
const only = process.argv.find((a) => a.startsWith("--only="))?.slice(7);
const dark = process.argv.includes("--dark");
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'";
const kinds = { css: "text/css", js: "text/javascript", svg: "image/svg+xml", html: "text/html; charset=utf-8" };

/** Pages written before the last build of the styles still find them. */
function newest(file) {
  if (existsSync(join(root, "dist", file))) return file;
  const manifest = JSON.parse(readFileSync(join(root, "dist/manifest.json"), "utf8"));
  return manifest[file.replace(/-[0-9A-Za-z]+(\.[a-z]+)$/, "$1")] ?? file;
}

const server = createServer((request, answer) => {
  const path = new URL(request.url, "http://x").pathname;
  const file = path.startsWith("/assets/") ? join(root, "dist", newest(path.slice(8))) : join(folder, path);
  if (!existsSync(file) || file.endsWith("/")) return answer.writeHead(404).end();
  answer.writeHead(200, { "Content-Type": kinds[file.split(".").pop()] ?? "text/plain", "Content-Security-Policy": policy });
  answer.end(readFileSync(file));
}).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));
const base = `http://127.0.0.1:${server.address().port}`;

const profile = mkdtempSync(join(tmpdir(), "gallery-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, deviceScaleFactor: 1, bypassCSP: false, colorScheme: dark ? "dark" : "light",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
let faults = 0;
const fault = (words) => { faults += 1; console.error(words); };

for (const name of readdirSync(folder).filter((f) => f.endsWith(".html") && (!only || f.startsWith(only))).sort()) {
  for (const width of [1440, 390]) {
    const page = await browser.newPage();
    const where = `${name} at ${width}`;
    page.on("console", (message) => { if (message.type() === "error" && !/404|EventSource|event-stream/.test(message.text())) fault(`${where}: ${message.text()}`); });
    page.on("pageerror", (error) => fault(`${where}: ${error.message}`));
    await page.setViewportSize({ width, height: width === 390 ? 844 : 1000 });
    await page.goto(`${base}/${name}`, { waitUntil: "load" });
    await page.waitForTimeout(150);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) fault(`${where}: ${over} px wider than the window`);
    await page.screenshot({ path: join(folder, `${name.replace(".html", "")}.${width}${dark ? ".dark" : ""}.png`), fullPage: width === 390 });
    // axe goes in through the debugger, which the page's policy does not bind.
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const { id, nodes } of found.violations) for (const node of nodes) fault(`${where}: ${id}: ${node.target.join(" ")} ${node.html.slice(0, 110)} ${node.any?.[0]?.message ?? ""}`);
    await page.close();
  }
}
await browser.close();
server.close();
rmSync(profile, { recursive: true, force: true });
console.log(faults === 0 ? "gallery: passed" : `gallery: ${faults} findings`);
process.exit(faults === 0 ? 0 : 1);
