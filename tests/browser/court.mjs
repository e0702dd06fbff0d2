// The harness of the stories: signing in by name, looking at a page, failing with words.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Mouse } from "./hands.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const need = createRequire(join(here, "../../ui/package.json"));
const { chromium } = need("playwright-core");
const axe = readFileSync(join(here, "../../ui/node_modules/axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const wide = 1440;
export const phone = 390;

/** The address of the court that is visited. */
export let base;

/** The folder that its scanners write to. */
export let scans;

/** From now on everybody goes to the court at this address, whose scanners write to this folder. */
export function visit(address, folder) {
  base = address;
  scans = folder;
}

/** Nothing on this machine takes longer; what does is broken. */
const PATIENCE_MS = 30_000;

let browser;
let writing;

/**
 * Where the machine has no Chinese typeface, the browser would measure boxes instead of characters: it is shown
 * the typefaces that papers are set in (XIEZHI_FONTS), beside those of the system.
 */
function typefaces() {
  const folder = process.env.XIEZHI_FONTS;
  if (!folder || process.env.FONTCONFIG_FILE) return {};
  writing = mkdtempSync(join(tmpdir(), "xiezhi-typefaces-"));
  const file = join(writing, "fonts.conf");
  const beside = `<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${folder}</dir><cachedir>${writing}</cachedir>`;
  writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${beside}</fontconfig>`);
  return { FONTCONFIG_FILE: file };
}

/** Starts the browser that all stories share. */
export async function open() {
  browser = await chromium.launch({
    env: { ...process.env, ...typefaces() },
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** Closes it. */
export async function close() {
  await soonOrNot(browser?.close());
  if (writing) rmSync(writing, { recursive: true, force: true });
}

/** Waits for something that need not be waited for, five seconds at most. */
async function soonOrNot(ending) {
  await Promise.race([Promise.resolve(ending).catch(() => undefined), new Promise((resume) => setTimeout(resume, 5000))]);
}

/** Everyone who may sign in, as the entrance lists them. */
export async function people() {
  const answer = await fetch(`${base}/sign-in`, { headers: { Accept: "application/json" } });
  return (await answer.json()).people;
}

/** Someone in front of a browser, with a mouse or a keyboard, with scripts or without. Without a name: a passer-by. */
export async function enter(name, { lang = "zh", width = wide, hands = Mouse, scripts = true, motion = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width === phone ? 844 : 1000 },
    locale: lang === "en" ? "en-GB" : "zh-CN",
    javaScriptEnabled: scripts,
    reducedMotion: motion ? "no-preference" : "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addCookies([{ name: "lang", value: lang, url: base }]);
  const page = await context.newPage();
  const who = new Reader({ context, page, name: name ?? "passer-by", lang, width, scripts, hands: new hands(page) });
  who.listen();
  if (name) await who.signIn(name);
  return who;
}

export class Reader {
  constructor(parts) {
    Object.assign(this, parts, { faults: [], status: 0, type: "" });
  }

  /** What the browser complains of: scripts that broke, things the policy refused. */
  listen() {
    this.page.on("pageerror", (error) => this.faults.push(`script: ${error.message}`));
    this.page.on("console", (message) => {
      // A refused page is judged by its status, and a stream cut by leaving a page is no fault.
      const expected = /Failed to load resource.*status of 4|EventSource|event-stream|ERR_INCOMPLETE|net::ERR_ABORTED/;
      // Whose line was cut may have asked for something just then.
      const ofTheCut = this.lineWasCut && /Failed to fetch|ERR_INTERNET_DISCONNECTED/.test(message.text());
      if (message.type() === "error" && !expected.test(message.text()) && !ofTheCut) this.faults.push(`console: ${message.text()}`);
    });
  }

  /** Cuts the line, or mends it. */
  async line(up) {
    this.lineWasCut = true;
    await this.context.setOffline(!up);
  }

  /** Signs in at the entrance, as the list of the demonstration offers it. */
  async signIn(name) {
    const person = (await people()).find((one) => one.name === name);
    if (!person) throw new Error(`nobody is called ${name}`);
    await this.go("/sign-in");
    const form = this.page.locator(`form[action="/sign-in"]:has(input[name="person"][value="${person.person}"])`);
    await Promise.all([this.page.waitForURL((url) => url.pathname !== "/sign-in"), this.hands.press(form.locator("button"))]);
  }

  /** Opens a page; tells its status. */
  async go(path) {
    const answer = await this.page.goto(new URL(path, base).href, { waitUntil: "load" });
    this.status = answer?.status() ?? 0;
    this.type = answer?.headers()["content-type"] ?? "";
    return this.status;
  }

  /** Opens a page of a case, and says why where the case is restricted; tells the status. */
  async opens(path, reason = "了解案件办理情况") {
    if ((await this.go(path)) !== 403 || !(await this.form("/opening").count())) return this.status;
    await this.act("/opening", { reason });
    return (this.status = 200);
  }

  /** Asks for a page as a program does, with this person's session. */
  async ask(path) {
    // A stream of events never ends: whoever is given one by mistake is told so, and does not wait for ever.
    const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error(`${path} does not come to an end`)), 40_000).unref());
    const answer = await Promise.race([this.context.request.get(new URL(path, base).href, { headers: { Accept: "application/json" } }), late]);
    return { status: answer.status(), json: await answer.json().catch(() => null), type: answer.headers()["content-type"] ?? "" };
  }

  /** Sets fields by their names: text, `true` or `false` for a tick, a value of several, files. */
  async fill(fields, where = this.page) {
    for (const [name, value] of Object.entries(fields)) {
      const named = where.locator(`[name="${name}"]`);
      const type = await named.first().getAttribute("type");
      const one = (of) => where.locator(`[name="${name}"][value="${of}"]`);
      if (type === "radio") await this.hands.set(one(value), true);
      else if (Array.isArray(value) && type === "checkbox") for (const of of value) await this.hands.set(one(of), true);
      else await this.hands.set(named.first(), value);
      if (type === "file" && this.scripts) await where.locator("xz-upload input[type=hidden]").first().waitFor({ state: "attached" });
    }
  }

  /** The form whose action ends so, and which says these words. */
  form(action, words = "") {
    return this.page.locator(`form[action$="${action}"]`, { hasText: words }).first();
  }

  /** The verb that sends a form, within it or elsewhere on the page: the one with this value, else the primary one. */
  async verb(form, as) {
    const id = await form.getAttribute("id");
    const within = form.locator(as ? `button[value="${as}"]` : "button:not([type=button])");
    const all = id && !as ? within.or(this.page.locator(`button[form="${id}"]`)) : within;
    const primary = all.and(this.page.locator("[data-primary]"));
    const wanted = (await primary.count()) ? primary : all;
    await this.hands.unfold(wanted.first());
    return wanted.filter({ visible: true }).first();
  }

  /** Fills in a form, the one given or the one whose action ends so, sends it, and waits for the page that answers; tells its status. */
  async press(which, fields = {}, { as } = {}) {
    const form = typeof which === "string" ? this.form(which) : which;
    if (!(await form.count())) throw new Error(`${this.name} has no form to ${which} at ${this.page.url()}`);
    const action = new URL(await form.getAttribute("action"), base).pathname;
    await this.fill(fields, form);
    const button = await this.verb(form, as);
    const answered = this.page.waitForResponse((answer) => answer.request().method() === "POST" && new URL(answer.url()).pathname === action);
    const shown = this.page.waitForEvent("load");
    await this.hands.press(button);
    const status = (await answered).status();
    await shown;
    return status;
  }

  /** Presses what must be taken; a refusal ends the story in the court's own words. */
  async act(which, fields, how) {
    const status = await this.press(which, fields, how);
    if (status >= 400) throw new Error(`${this.name} is refused (${status}): ${(await this.says()).replace(/\s+/g, " ").slice(0, 300)}`);
  }

  /** Follows the link of this page that leads there: to a path that begins so. */
  async follow(path) {
    const link = this.page.locator(`a[href^="${path}"]`).filter({ visible: true }).first();
    if (!(await link.count())) throw new Error(`${this.name} finds no way to ${path} at ${this.page.url()}`);
    await this.hands.unfold(link);
    await Promise.all([this.page.waitForEvent("load"), this.hands.press(link)]);
  }

  /** What the page says. */
  says() {
    return this.page.locator("main").innerText();
  }

  /** The paths of this site that the page leads to. */
  async links() {
    const found = await this.page.evaluate(() => [...document.querySelectorAll("a[href]:not([download])")].map((link) => link.href));
    const ours = found.map((href) => new URL(href)).filter((url) => url.origin === new URL(base).origin);
    return [...new Set(ours.map((url) => url.pathname + url.search))];
  }

  /** Sets the window to this width. */
  async widen(width, height = 1000) {
    await this.page.setViewportSize({ width, height });
  }

  /** Writes everything this many times as large, as a reader's own style does. */
  async magnify(times) {
    await this.page.evaluate((times) => {
      const root = document.documentElement;
      root.style.fontSize = "";
      if (times !== 1) root.style.fontSize = `${Number.parseFloat(getComputedStyle(root).fontSize) * times}px`;
    }, times);
  }

  /** What is wrong with the page that is open: sideways scrolling, axe (some of its rules, or all without some; of the whole page, or of the parts that a selector names), the console. */
  async look({ axe: withAxe = true, only = rules, without = [], within } = {}) {
    const wrong = this.faults.splice(0);
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wrong.push(`${over} px wider than the window`);
    if (!withAxe) return wrong;
    const there = await this.page.evaluate(() => "axe" in globalThis);
    if (!there) await this.page.evaluate(axe); // through the debugger, which the page's policy does not bind
    const off = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
    const asked = { runOnly: only, rules: off, resultTypes: ["violations"], preload: false }; // no rule of ours reads files
    const { violations } = await this.page.evaluate(([part, asked]) => globalThis.axe.run(part ? { include: [[part]] } : document, asked), [within, asked]);
    for (const { id, nodes } of violations) {
      const [first] = nodes;
      wrong.push(`axe ${id} ×${nodes.length}: ${first.target.join(" ")} ${first.html.slice(0, 120)} ${first.any?.[0]?.message ?? ""}`);
    }
    return wrong;
  }

  /** Leaves. Chromium now and then takes minutes to put a context away: nobody waits for it longer than this. */
  async leave() {
    await soonOrNot(this.context.close());
  }
}

/** Fails a story with words. */
export function must(truth, words) {
  if (!truth) throw new Error(words);
}
