// What a long story needs to hold: who is in front of which browser, which case it is about, what day it is.
import { enter, must } from "./court.mjs";
import { Mouse } from "./hands.mjs";

export class Tale {
  /** `hands` is how everybody in it works: with a mouse or with a keyboard. */
  constructor({ hands, lang = "zh" }) {
    Object.assign(this, { hands, lang, readers: new Map(), case: undefined, number: undefined });
  }

  /** This person, in front of a browser: the one they have, or a new one in which they sign in. */
  async as(name, look = {}) {
    const known = this.readers.get(name);
    if (known) return known;
    const reader = await enter(name, { hands: this.hands, lang: this.lang, ...look });
    this.readers.set(name, reader);
    return reader;
  }

  /** The address of a part of the case. */
  at(part = "") {
    return `/cases/${this.case}${part}`;
  }

  /** What a part of the case tells this person. */
  async told(reader, part = "") {
    const { status, json } = await reader.ask(this.at(part));
    must(status === 200, `${reader.name} gets ${status} at ${part || "the case"}`);
    return json;
  }

  /** Today at this court. */
  async today() {
    const { json } = await (await this.passerBy()).ask("/demonstration/calendar");
    return json.today;
  }

  /** The day so many working days after today, as the court's own calculator tells it. */
  async workday(after = 1) {
    const asked = `/tools/period?starts_on=${await this.today()}&length=${after}&unit=workday`;
    return (await (await this.passerBy()).ask(asked)).json.working.last_on;
  }

  /** Days go by. Everybody has to sign in again afterwards. */
  async until(day) {
    const passerBy = await this.passerBy();
    await passerBy.go("/demonstration/calendar");
    await passerBy.press("/demonstration/calendar", { on: day });
    must((await this.today()) === day, `the calendar stands at ${await this.today()}, not at ${day}`);
    await this.everybodyLeaves();
  }

  async passerBy() {
    this.nobody ??= await enter(undefined, { hands: this.hands, lang: this.lang });
    return this.nobody;
  }

  async pictures(folder) {
    for (const [name, { page }] of this.readers) {
      console.log(`     ${name} was at ${page.url()}`);
      await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true }).catch(() => {});
    }
  }

  async everybodyLeaves() {
    for (const reader of this.readers.values()) await reader.leave();
    this.readers.clear();
  }

  /** Tells the chapters in order; a chapter that fails says which one it was. CHAPTERS names a folder for pictures of what everybody saw then. */
  async tell(chapters) {
    for (const [words, chapter] of chapters) {
      const began = Date.now();
      await chapter(this).catch(async (error) => {
        if (process.env.CHAPTERS) await this.pictures(process.env.CHAPTERS);
        throw new Error(`“${words}”: ${error.message}`, { cause: error });
      });
      if (process.env.CHAPTERS) console.log(`     ${words} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    }
    await this.everybodyLeaves();
    await this.nobody?.leave();
  }
}

/** Waits for what happens by itself within seconds. */
export async function eventually(words, happened) {
  for (let tries = 0; tries < 60; tries += 1) {
    if (await happened()) return;
    await new Promise((resume) => setTimeout(resume, 250));
  }
  throw new Error(`waited in vain until ${words}`);
}

/** Fails if the page that is open has a fault: axe, sideways scrolling, the console. A story told a second time, by keyboard, looks only at what it shows anew: the English pages. */
export async function looksRight(reader, where) {
  const wrong = await reader.look({ axe: reader.hands instanceof Mouse || reader.lang === "en" });
  must(wrong.length === 0, `${where}: ${wrong.join("; ")}`);
}

/** By plain forms, a clerk hands the paper of this title over to every party for whom it waits, and enters each receipt; tells how many there were. */
export async function handsOver(name, id, title) {
  const clerk = await enter(name, { scripts: false });
  const services = async () => (await clerk.ask(`/cases/${id}/services`)).json;
  const groups = (await services()).waiting.filter(({ papers }) => papers.some(([, called]) => called === title));
  for (const { to } of groups) {
    await clerk.go(`/cases/${id}/services`);
    const form = clerk.page.locator(`form[action="/cases/${id}/services"]:has(input[name="to"][value="${to}"])`);
    for (const pick of await form.locator("label.pick", { hasNotText: title }).all()) await pick.locator("input").uncheck();
    await clerk.act(form, { channel: "direct" });
  }
  const sent = (await services()).attempts.filter(({ papers, status }) => papers.includes(title) && status.status === "dispatched");
  for (const attempt of sent) {
    await clerk.go(`/cases/${id}/services/${attempt.id}/outcome`);
    await clerk.act("/receipt", { name: attempt.name });
  }
  const now = await services();
  must(!now.waiting.some(({ papers }) => papers.some(([, called]) => called === title)), `${title} still waits`);
  for (const { id: service } of sent) must(now.attempts.find((one) => one.id === service).status.status === "effected", `${title} was not served`);
  await clerk.leave();
  return sent.length;
}
