// What leaves a file says who took it; what came twice is told; how long somebody read is theirs, until a head of the
// court says why it is opened, which its reader learns.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { enter, must, people, phone } from "../court.mjs";
import { paper } from "../paper.mjs";
import { Tale, eventually, looksRight } from "../tale.mjs";

export const title = "a copy bears its reader's name, a paper that came twice is told, and time on the screen opens for a reason alone";

/** The calendar moves on in this story: a minute of reading is over with the day. */
export const own = true;

const side = "借未还";
const reason = "核查来信反映的庭前未阅卷问题";

export const chapters = [
  ["a defendant takes a reading copy and the original of what was served on him", takes],
  ["he hands the copy in again, and it says whose it is", handsBack],
  ["he sends one paper twice under two names: whoever sees both is told", sendsTwice],
  ["nothing was looked through for viruses here, and the court's people alone are told", isNotScanned],
  ["the judge reads for half a minute, which is sealed", reads],
  ["the president says why, and the judge learns of it", isOpened],
];

export async function story() {
  const tale = new Tale({});
  const defendant = await tale.as(side, { width: phone });
  tale.case = (await defendant.ask("/home")).json.cases?.[0]?.case ?? (await caseOf(defendant));
  tale.judge = (await tale.told(defendant)).tribunal.find(({ seat }) => seat === "judge").name;
  tale.clerk = (await tale.told(defendant)).tribunal.find(({ seat }) => seat === "clerk").name;
  await tale.tell(chapters);
}

async function caseOf(reader) {
  await reader.go("/home");
  return (await reader.links()).map((path) => path.match(/^\/cases\/([0-9a-f-]{36})/)?.[1]).find(Boolean);
}

const listed = async (tale, reader) => (await tale.told(reader, "/file")).main;
const lies = async (tale, reader) => {
  const { main, staged = [] } = await tale.told(reader, "/file");
  return [...main, ...staged];
};

/** What a link of the page gives, and under which name. */
async function downloads(reader, link) {
  must(await link.count(), `${reader.name} is offered nothing to take at ${reader.page.url()}`);
  await reader.hands.unfold(link.first());
  const [download] = await Promise.all([reader.page.waitForEvent("download"), reader.hands.press(link.first())]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function takes(tale) {
  const reader = await tale.as(side);
  const { id } = (await listed(tale, reader)).find(({ title }) => title.includes("起诉状"));
  await reader.go(tale.at(`/file/${id}`));
  tale.copy = await downloads(reader, reader.page.locator('a[href$="/copy.pdf"]'));
  const original = await downloads(reader, reader.page.locator('a[href$="/download"]'));
  for (const { name } of [tale.copy, original]) must(name.includes(side), `it leaves as ${name}`);
  const hash = createHash("sha256").update(original.bytes).digest("hex");
  must((await reader.says()).includes(hash), "the original is not what was received, byte for byte");
  must(!tale.copy.bytes.equals(original.bytes) && tale.copy.bytes.subarray(0, 5).toString() === "%PDF-", "the reading copy is no rendition");
  await reader.go(tale.at("/looks"));
  await looksRight(reader, "what one looked at oneself");
  must((await tale.told(reader, "/looks")).looks.filter(({ look }) => look === "download").length === 2, "what was taken is not on the log of looks");
}

/** Hands a file in as evidence. */
async function handsIn(tale, name, file) {
  const reader = await tale.as(side);
  await reader.go(tale.at("/evidence"));
  await reader.act("/evidence", { file: [file], name, purpose: "证明还款经过" });
}

async function handsBack(tale) {
  await handsIn(tale, "起诉状复印件", { name: "copy.pdf", mimeType: "application/pdf", buffer: tale.copy.bytes });
  const reader = await tale.as(side);
  const found = async () => {
    const { papers } = await tale.told(reader, "/file/search?q=阅读副本");
    return papers.find(({ title }) => title === "起诉状复印件")?.hits ?? [];
  };
  await eventually("the words at the foot of the copy are read", async () => (await found()).length > 0);
  must((await found()).every(({ after }) => after.startsWith(`，非原件${side}`)), `the copy says ${JSON.stringify(await found())}`);
}

async function sendsTwice(tale) {
  const receipt = paper("收条", "received 30000 yuan in cash");
  await handsIn(tale, "收条", receipt);
  await handsIn(tale, "还款收据", receipt);
  for (const name of [tale.clerk, side]) {
    const reader = await tale.as(name);
    const again = (await lies(tale, reader)).find(({ title }) => title === "还款收据");
    must(again.same.some((one) => one.title === "收条" && one.same_bytes), `of what came twice ${name} is told ${JSON.stringify(again.same)}`);
  }
  const clerk = await tale.as(tale.clerk);
  await clerk.go(tale.at("/file"));
  await looksRight(clerk, "a paper that came twice, in staging");
  await clerk.follow(tale.at("/file/") + (await lies(tale, clerk)).find(({ title }) => title === "还款收据").id);
  must((await clerk.says()).includes("与《收条》完全相同"), "it is not told beside the page");
}

async function isNotScanned(tale) {
  const [clerk, reader] = [await tale.as(tale.clerk), await tale.as(side)];
  const [inside, outside] = [await tale.told(clerk, "/file"), await tale.told(reader, "/file")];
  must(inside.without_scanner && !outside.without_scanner, "who is told that nothing is looked through?");
  await clerk.go(tale.at("/file"));
  must((await clerk.says()).includes("未经病毒检查"), "the clerk is not told that nothing is looked through");
}

/** The clock of the browser is set on, not waited for. */
async function reads(tale) {
  const judge = await tale.as(tale.judge);
  const { id } = (await listed(tale, judge)).find(({ title }) => title.includes("起诉状"));
  await judge.page.clock.install();
  await judge.go(tale.at(`/file/${id}`));
  const told = judge.page.waitForResponse((answer) => answer.url().endsWith("/lingered"));
  await judge.page.clock.fastForward(45_000);
  must((await told).status() === 204, "the time on the screen is not taken");
  await tale.until(await tale.workday());
  const again = await tale.as(tale.judge);
  await eventually("the time is written down", async () => (await tale.told(again, "/looks")).times.length > 0);
  const [{ seconds }] = (await tale.told(again, "/looks")).times;
  must(seconds >= 30, `the page was there for ${seconds} s`);
}

async function isOpened(tale) {
  const { person } = (await people()).find(({ name }) => name === tale.judge);
  const at = tale.at(`/looks/${person}`);
  for (const name of ["庭之长", side]) must((await (await tale.as(name)).ask(at)).status === 404, `${name} may open it`);
  const president = await tale.as("袁长正", { lang: "en", width: phone });
  await president.opens(at);
  must((await president.ask(at)).json.times === null, "it is open before anybody said why");
  await looksRight(president, "time that is sealed");
  must((await president.press("/opening", { reason: " " })) === 422, "no reason is reason enough");
  await president.go(at);
  await president.act("/opening", { reason });
  must((await president.ask(at)).json.times.length > 0, "the reason opened nothing");
  const judge = await tale.as(tale.judge);
  const { openings } = await tale.told(judge, "/looks");
  must(openings.length === 1 && openings[0].by === "袁长正" && openings[0].reason === reason, `the judge is told ${JSON.stringify(openings)}`);
  await judge.go(tale.at("/looks"));
  await looksRight(judge, "who opened it, and why");
}
