// The harness of the stories: signing in by name, looking at a page, failing with words.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const need = createRequire(join(here, "../../ui/package.json"));
const { chromium } = need("playwright-core");
const axe = readFileSync(join(here, "../../ui/node_modules/axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const base = process.env.COURT;
export const wide = 1440;
export const phone = 390;

let browser;

/** Starts the browser that all stories share. */
export async function open() {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** Closes it. */
export async function close() {
  await browser?.close();
}

/** Everyone who may sign in, as the entrance lists them. */
export async function people() {
  const answer = await fetch(`${base}/sign-in`, { headers: { Accept: "application/json" } });
  return (await answer.json()).people;
}

/** Someone in front of a browser. Without a name: a passer-by. `scripts: false` is a browser that runs none. */
export async function enter(name, { lang = "zh", width = wide, scripts = true, motion = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width === phone ? 844 : 1000 },
    locale: lang === "en" ? "en-GB" : "zh-CN",
    javaScriptEnabled: scripts,
    reducedMotion: motion ? "no-preference" : "reduce",
  });
  await context.addCookies([{ name: "lang", value: lang, url: base }]);
  const who = new Reader(context, await context.newPage(), name ?? "passer-by", lang, width);
  who.listen();
  if (name) await who.signIn(name);
  return who;
}

export class Reader {
  constructor(context, page, name, lang, width) {
    Object.assign(this, { context, page, name, lang, width, faults: [], status: 0, type: "" });
  }

  /** What the browser complains of: scripts that broke, things the policy refused. */
  listen() {
    this.page.on("pageerror", (error) => this.faults.push(`script: ${error.message}`));
    this.page.on("console", (message) => {
      // A refused page is judged by its status, and a stream cut by leaving a page is no fault.
      const expected = /Failed to load resource.*status of 4|EventSource|event-stream|ERR_INCOMPLETE|net::ERR_ABORTED/;
      if (message.type() === "error" && !expected.test(message.text())) this.faults.push(`console: ${message.text()}`);
    });
  }

  /** Signs in at the entrance, as the list of the demonstration offers it. */
  async signIn(name) {
    const person = (await people()).find((one) => one.name === name);
    if (!person) throw new Error(`nobody is called ${name}`);
    await this.go("/sign-in");
    const form = this.page.locator(`form[action="/sign-in"]:has(input[name="person"][value="${person.person}"])`);
    await Promise.all([this.page.waitForURL((url) => url.pathname !== "/sign-in"), form.locator("button").click()]);
  }

  /** Opens a page; tells its status. */
  async go(path) {
    const answer = await this.page.goto(new URL(path, base).href, { waitUntil: "load" });
    this.status = answer?.status() ?? 0;
    this.type = answer?.headers()["content-type"] ?? "";
    return this.status;
  }

  /** Asks for a page as a program does, with this person's session. */
  async ask(path) {
    const answer = await this.context.request.get(new URL(path, base).href, { headers: { Accept: "application/json" } });
    return { status: answer.status(), json: await answer.json().catch(() => null), type: answer.headers()["content-type"] ?? "" };
  }

  /** Fills in fields of the page by their names. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) await this.page.locator(`[name="${name}"]`).first().fill(value);
  }

  /** Sends the form whose action ends so, and waits for the page that answers. */
  async press(action) {
    const button = this.page.locator(`form[action$="${action}"] button[type="submit"], form[action$="${action}"] button:not([type])`).first();
    if (!(await button.count())) throw new Error(`${this.name} has no form to ${action} at ${this.page.url()}`);
    const answered = this.page.waitForResponse((answer) => answer.request().method() === "POST" && new URL(answer.url()).pathname.endsWith(action));
    await button.click();
    const status = (await answered).status();
    await this.page.waitForLoadState("load");
    return status;
  }

  /** The paths of this site that the page leads to. */
  async links() {
    const found = await this.page.evaluate(() => [...document.querySelectorAll("a[href]:not([download])")].map((link) => link.href));
    const ours = found.map((href) => new URL(href)).filter((url) => url.origin === new URL(base).origin);
    return [...new Set(ours.map((url) => url.pathname + url.search))];
  }

  /** What is wrong with the page that is open: sideways scrolling, axe (or some rules of it), the console. */
  async look({ axe: withAxe = true, only } = {}) {
    const wrong = this.faults.splice(0);
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wrong.push(`${over} px wider than the window`);
    if (!withAxe) return wrong;
    const there = await this.page.evaluate(() => "axe" in globalThis);
    if (!there) await this.page.evaluate(axe); // through the debugger, which the page's policy does not bind
    const { violations } = await this.page.evaluate((runOnly) => globalThis.axe.run({ runOnly, resultTypes: ["violations"] }), only ?? rules);
    for (const { id, nodes } of violations) {
      const [first] = nodes;
      wrong.push(`axe ${id} ×${nodes.length}: ${first.target.join(" ")} ${first.html.slice(0, 120)} ${first.any?.[0]?.message ?? ""}`);
    }
    return wrong;
  }

  async leave() {
    await this.context.close();
  }
}

/** Fails a story with words. */
export function must(truth, words) {
  if (!truth) throw new Error(words);
}
