// A hearing: the record is typed under an input method while others watch it grow, nothing typed is lost when the
// line breaks or two write at once, and everyone who came signs, corrects or refuses.
import { enter, must, phone } from "../court.mjs";

export const title = "a hearing is opened, recorded under an input method, corrected, signed by hand and refused";

const [plaintiff, defendant] = ["本利清", "款未还"];

/** Waits for what happens by itself within seconds. */
async function soon(words, happened) {
  for (let tries = 0; tries < 80; tries += 1) {
    if (await happened()) return;
    await pause(125);
  }
  throw new Error(words);
}

const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** The one of these people who has the case, and the case. */
async function whoHas(names) {
  for (const name of names) {
    const reader = await enter(name);
    const rows = (await reader.ask("/cases")).json.rows;
    const row = rows.find((one) => one.stage === "scheduled" && one.title.startsWith(plaintiff));
    if (row) return [reader, row.case_id];
    await reader.leave();
  }
  throw new Error(`nobody of ${names} has the case of ${plaintiff}`);
}

async function looks(reader, where) {
  const wrong = await reader.look();
  must(wrong.length === 0, `${where} (${reader.name}): ${wrong.join("; ")}`);
}

/** What the court has of the record. */
const record = async (reader, at) => (await reader.ask(at)).json.hearings[0];
const box = (reader) => reader.page.locator("xz-transcript textarea");

/** Characters on their way through an input method, and the word they become. */
async function compose(reader, at, syllables, word) {
  const keys = await reader.context.newCDPSession(reader.page);
  const before = (await record(reader, at)).transcript;
  await keys.send("Input.imeSetComposition", { text: syllables, selectionStart: syllables.length, selectionEnd: syllables.length });
  await pause(1600);
  must((await box(reader).inputValue()).endsWith(syllables), "the syllables do not show");
  must((await record(reader, at)).transcript === before, "half a word was kept");
  await keys.send("Input.insertText", { text: word });
  await keys.detach();
}

async function typesUnderAnInputMethod(clerk, watcher, at) {
  await clerk.go(at);
  await looks(clerk, "the record to be typed");
  await box(clerk).focus();
  await compose(clerk, at, "shen'pan'yuan", "审判员：现在开庭。");
  await soon("the word was not kept", async () => (await record(clerk, at)).transcript === "审判员：现在开庭。");
  await soon("the party does not see the record grow", async () => (await watcher.page.locator("#hearing-record").innerText()).includes("现在开庭"));

  await clerk.page.keyboard.press("Alt+Shift+Digit2");
  await clerk.page.keyboard.press("Alt+Digit3");
  await compose(clerk, at, "qing'qiu", "请求判令被告还款。");
  const text = "审判员：现在开庭。\n【法庭调查】\n原告：请求判令被告还款。";
  await soon("the speaker's keys do not write", async () => (await record(clerk, at)).transcript === text);
  return text;
}

/** A broken line is what this part is about, no fault of the page. */
const forgive = (reader) => reader.faults.splice(0, reader.faults.length, ...reader.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault)));

/** The line breaks, the tab closes: what was typed is there again, and is kept once the line is back. */
async function losesNothing(clerk, at) {
  await clerk.line(false);
  await clerk.page.keyboard.type("\n被告1：同意分期。");
  await soon("a broken line is not told", () => clerk.page.locator("[data-draft-mark].is-failed").isVisible());
  await clerk.page.close();
  await clerk.line(true);
  clerk.page = await clerk.context.newPage();
  clerk.listen();
  await clerk.go(at);
  must((await box(clerk).inputValue()).endsWith("被告1：同意分期。"), "what was typed is lost");
  await soon("it was not sent again", async () => (await record(clerk, at)).transcript.endsWith("被告1：同意分期。"));
}

/** Two write on the same text: the later is told, sees both, and takes both. */
async function overwritesNothing(clerk, judge, at) {
  const { transcript, transcript_sha256 } = await record(clerk, at);
  await clerk.line(false);
  await box(clerk).focus();
  await clerk.page.keyboard.press("Control+End");
  await clerk.page.keyboard.type("\n原告：不同意分期。");
  const written = { text: `${transcript}\n审判员：记录在案。`, based_on: transcript_sha256 };
  const save = (data) => judge.context.request.post(new URL(`${at}/transcript`, judge.page.url()).href, { ...data, headers: { Accept: data.form ? "text/html" : "application/json" } });
  must((await save({ data: written })).status() === 200, "the judge can't write");
  await clerk.line(true);
  await soon("the conflict is not shown", () => clerk.page.locator("[data-two-texts]").isVisible());
  forgive(clerk);
  await looks(clerk, "a conflict");
  must((await box(clerk).inputValue()).endsWith("原告：不同意分期。"), "one's own words are gone");
  must((await record(clerk, at)).transcript.endsWith("审判员：记录在案。"), "the words of the other were overwritten");
  await clerk.page.locator("[data-both]").click();
  await soon("both texts are not kept", async () => {
    const now = (await record(clerk, at)).transcript;
    return now.includes("审判员：记录在案。") && now.includes("原告：不同意分期。");
  });

  const stale = await save({ form: { ...written, text: "没有脚本也不会盖掉" } });
  const page = await stale.text();
  must([409, 422].includes(stale.status()) && page.includes("没有脚本也不会盖掉") && page.includes("不同意分期"), "without a script a conflict is not shown");
}

/** What was typed a moment ago goes before the form that leads away. */
async function entersAPart(clerk, at) {
  await box(clerk).focus();
  await clerk.page.keyboard.press("Control+End");
  await clerk.page.keyboard.type("\n审判员：法庭调查结束。");
  await clerk.press("/part");
  const now = await record(clerk, at);
  must(now.part === "investigation" && now.transcript.endsWith("法庭调查结束。"), "the record is behind the part");
}

/** A name, drawn with the finger's or the mouse's stroke. */
async function draws(reader) {
  const pad = reader.page.locator("xz-signature canvas");
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  for (const [from, to] of [[0.2, 0.6], [0.5, 0.9]]) {
    await reader.page.mouse.move(x + width * from, y + height * 0.3);
    await reader.page.mouse.down();
    await reader.page.mouse.move(x + width * to, y + height * 0.7, { steps: 8 });
    await reader.page.mouse.up();
  }
}

async function signsByHand(party, at) {
  await soon("the party is not asked to sign once the hearing is over", () => party.page.locator('form[action$="/signature"]').isVisible());
  await looks(party, "a record to be signed");
  await draws(party);
  await party.press("/signature");
  await looks(party, "a signed record");
  const { signers, paper } = await record(party, at);
  const own = signers.find((one) => one.name === plaintiff);
  must(own.signed && own.hand, "the signature by hand is not there");
  const picture = await party.context.request.get(new URL(own.hand, party.page.url()).href);
  must(picture.headers()["content-type"].startsWith("image/svg+xml"), "the picture is no picture");
  must((await party.ask(at.replace(/\/hearings.*/, `/file/${paper}`))).status === 200, "the party can't read the printed record");
}

async function correctsAndRefuses(party, clerk, at) {
  await party.go(at);
  const unfold = (words) => party.page.locator("summary", { hasText: words }).click();
  await unfold("申请补正");
  await party.fill({ wish: "应为“分三次还”" });
  await party.press("/corrections");
  await clerk.go(at);
  await looks(clerk, "a correction to be answered");
  await clerk.page.locator("summary", { hasText: "补正申请" }).click();
  await clerk.fill({ answer: "录音如此" });
  await clerk.page.locator('button[name="granted"][value="no"]').click();
  await clerk.page.waitForLoadState("load");
  await party.go(at);
  await unfold("我不签");
  await party.fill({ because: "记录有遗漏" });
  await party.press("/refusal");
  await looks(party, "a refusal on record");
  const { corrections, signers } = await record(party, at);
  must(corrections[0].granted === false && corrections[0].words === "录音如此", "the correction is not answered");
  must(signers.find((one) => one.name === defendant).refused_because === "记录有遗漏", "the refusal is not on record");
}

export async function story() {
  const [judge, id] = await whoHas(["甄明理", "程公允", "和为贵", "衡平之"]);
  const [clerk] = await whoHas(["纪真", "纪实录"]);
  const [party, other] = [await enter(plaintiff, { width: phone }), await enter(defendant, { lang: "zh", width: phone })];
  const { hearings } = (await judge.ask(`/cases/${id}/hearings`)).json;
  const at = `/cases/${id}/hearings/${hearings.at(-1).id}`;

  await judge.go(at);
  await looks(judge, "a hearing to be opened");
  // A hearing of the demonstration may be scheduled for a day that has passed when the story is told.
  const late = await judge.page.locator('[name="late_because"]').count();
  await judge.press("/opening", late ? { late_because: "各方到庭，同意今天开庭" } : {});
  await looks(judge, "a hearing that goes on");
  await party.go(at);
  await looks(party, "a record that is being typed");

  await typesUnderAnInputMethod(clerk, party, at);
  await losesNothing(clerk, at);
  await overwritesNothing(clerk, judge, at);
  await entersAPart(clerk, at);
  await clerk.press("/closing", { skipped_because: "调查、辩论合并进行" });
  await looks(clerk, "a hearing that is over");

  await signsByHand(party, at);
  await correctsAndRefuses(other, clerk, at);

  await judge.go(at);
  await judge.page.locator('form[action$="/signature"] button[type="submit"]').focus();
  await Promise.all([judge.page.waitForResponse((answer) => answer.url().endsWith("/signature")), judge.page.keyboard.press("Enter")]);
  const waiting = (await record(judge, at)).signers.filter((one) => !one.signed && !one.refused_because);
  must(!waiting.some((one) => one.name === judge.name), "signing by the button alone does not count");
  for (const reader of [judge, clerk, party, other]) await reader.leave();
}
