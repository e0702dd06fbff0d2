// The main story: one loan between two ordinary people, from a phone at a kitchen table to the archive.
// Whoever reads the chapters from top to bottom knows what this court does.
import { must, phone } from "../court.mjs";
import { Mouse } from "../hands.mjs";
import { paper } from "../paper.mjs";
import { Tale, eventually, looksRight } from "../tale.mjs";

export const title = "a loan case travels from filing to the archive";

/** The calendar moves on in this story. */
export const own = true;

const plaintiff = "柳无声";
const defendant = "业未交";
const borrowersNumber = "370691198301070605";
const clerk = "纪实录";

export const chapters = [
  ["a party files: the form, evidence, the address for service, consent, a look at the papers, a dated receipt", files],
  ["the filing clerk reads it beside its conditions and files it, in six clicks", isFiled],
  ["the fee is paid at the bank", isPaid],
  ["the defendant finds the case by its number, confirms an address, and agrees to on-line steps", linksUp],
  ["the clerk serves what waits, one tick for each paper", serves],
  ["the defendant opens what was served, answers, and hands in evidence", answers],
  ["the clerk takes the evidence into the file, and the other side says what it makes of it", givesOpinion],
  ["each side waives what is left of its own periods", waives],
  ["the clerk schedules the hearing, and the summonses are served", isScheduled],
  ["the hearing is opened, recorded and closed, and everyone signs", isHeard],
  ["the judge says what the court makes of each item of evidence", isWeighed],
  ["the judge drafts and signs, the clerk signs, the judge seals and pronounces", isJudged],
  ["the judgment is served to each, and each sees until when they may appeal", judgmentIsServed],
  ["nobody appeals: with the day after the last period the judgment takes effect by itself", takesEffect],
  ["nothing is missing, the clerk hands the file over, the archivist takes it, and it is sealed", isArchived],
  ["afterwards a forbidden act is refused with its reason, and the whole file still verifies", staysAsItIs],
];

export const story = () => tell({ hands: Mouse });

/** Tells the story: `hands` is how everybody works, `lang` what the parties read. */
export async function tell({ hands, lang = "zh" }) {
  const tale = new Tale({ hands });
  tale.party = (name) => tale.as(name, { width: phone, lang });
  await tale.until(await tale.workday());
  await tale.tell(chapters);
}

/** What she answers, screen by screen; the screens that are not named here she passes over. */
const toldByPlaintiff = {
  p0: { p0_address: "山东省烟台市经济技术开发区虚拟路1号" },
  d0: {
    d0_name: defendant,
    d0_id_no: borrowersNumber,
    d0_phone: "12000000052",
    d0_address: "山东省烟台市经济技术开发区设想街2号",
  },
  claims: { claims_0_0: "判令被告偿还借款本金150000元", claims_0_1: "150000" },
  facts: { facts: "2026年3月1日，被告因装修向原告借款150000元，出具借条，约定2026年9月1日归还。到期后原告多次催要，被告至今未还。" },
  service: { p0_electronic: true },
  online: { online: ["filing", "service"] },
};

async function files(tale) {
  const filer = await tale.party(plaintiff);
  await filer.go("/filings/new");
  await looksRight(filer, "choosing a cause");
  await filer.act(filer.form("/filings", "民间借贷纠纷"));
  const screen = () => new URL(filer.page.url()).pathname.split("/").pop();
  for (let before; screen() !== "preview"; ) {
    const here = screen();
    must(here !== before, `the screen ${here} does not lead on`);
    if (here === "evidence") await filer.act("/evidence", { file: [paper("借条", "I owe 150000")], name: "借条", purpose: "证明被告借款十五万元" }, { as: "papers" });
    await filer.act(`/${here}`, toldByPlaintiff[here]);
    if (toldByPlaintiff[here]) await looksRight(filer, `the screen after ${here}`);
    before = here;
  }
  const papers = await filer.says();
  for (const written of ["民事起诉状", "证据目录", "送达地址确认书", "150000"]) must(papers.includes(written), `the papers lack ${written}`);
  await looksRight(filer, "the papers as they will be written");
  await filer.act("/submission");
  tale.case = new URL(filer.page.url()).pathname.split("/")[2];
  await looksRight(filer, "the case as it was submitted");
  const { main } = await tale.told(filer, "/file");
  const receipt = main.find(({ title }) => title === "收到诉状凭证");
  must(receipt?.received_on === (await tale.today()), "no dated receipt");
}

async function isFiled(tale) {
  const reviewer = await tale.as("收立案");
  await reviewer.go("/review");
  reviewer.hands.presses = 0;
  await reviewer.follow(`/review/${tale.case}`);
  await looksRight(reviewer, "one application, on one screen");
  await reviewer.act("/file", { condition: ["interest", "defendant", "claims", "jurisdiction"] });
  if (reviewer.hands instanceof Mouse) must(reviewer.hands.presses <= 6, `it took ${reviewer.hands.presses} clicks`);
  const { number, tribunal } = await tale.told(reviewer);
  must(number, "no number");
  tale.number = number;
  tale.judge = tribunal.find(({ seat }) => seat === "judge").name;
  await looksRight(reviewer, "the number, the judge, and how the judge was drawn");
}

async function isPaid(tale) {
  const payer = await tale.party(plaintiff);
  await payer.go("/home");
  await payer.follow(tale.at("/fees"));
  await looksRight(payer, "the fee and its working");
  await payer.act("/fees/payment");
  const bank = new URL(payer.page.url()).pathname;
  must(bank.startsWith("/bank/"), `the payment leads to ${bank}`);
  await payer.act(bank);
  const { paid_fen: paid, due_fen: due } = await tale.told(payer, "/fees");
  must(due === 0 && paid > 0, `${paid} fen are paid, ${due} are due`);
}

async function linksUp(tale) {
  const other = await tale.party(defendant);
  await other.go("/home");
  await other.act("/link", { number: tale.number });
  must(new URL(other.page.url()).pathname.startsWith(tale.at()), "the number leads nowhere");
  await looksRight(other, "the case as the defendant first sees it");
  await other.go(tale.at("/parties"));
  await other.act("/address", { postal: "山东省烟台市经济技术开发区设想街2号", phone: "12000000052", electronic: true });
  await other.act("/consents", { said: "agreed" });
  await looksRight(other, "what the defendant agreed to");
}

/** The clerk sends what waits in this case; what goes by electronic means arrives by itself. */
async function serves(tale) {
  const server = await tale.as(clerk);
  await server.go("/serve");
  const boxes = server.page.locator(`[name="pick"][value^="${tale.case}"]`);
  const picks = await boxes.evaluateAll((all) => all.map((box) => box.value));
  must(picks.length > 0, "nothing waits to be served");
  await server.act("/serve", { pick: picks });
  await looksRight(server, "what came of the sending");
  await eventually("everything arrives", async () => {
    const { attempts } = await tale.told(server, "/services");
    return attempts.every(({ status }) => status.status === "effected");
  });
}

async function answers(tale) {
  const other = await tale.party(defendant);
  await other.go("/home");
  await other.follow(tale.at("/services/"));
  await other.act("/opening");
  await looksRight(other, "the papers that were served");
  await other.act("/signature");
  await other.go("/home");
  await other.follow(tale.at("/evidence/answer"));
  await looksRight(other, "the form of an answer");
  await other.act("/evidence/answer", { words: "借款属实，但已归还三万元，其余请求分期偿还。" });
  await other.act("/evidence", { file: [paper("转账记录", "Paid back 30000")], name: "转账记录", purpose: "证明已归还三万元" });
  await looksRight(other, "the answer and the evidence");
}

async function givesOpinion(tale) {
  const keeper = await tale.as(clerk);
  await keeper.go(tale.at("/file"));
  await looksRight(keeper, "staging");
  await keeper.act("/file/enter");
  await looksRight(keeper, "the e-file");
  for (const { side, papers } of (await tale.told(keeper, "/file")).undisclosed) {
    await keeper.act(keeper.form("/file/disclose", papers[0].title));
    await looksRight(keeper, `the evidence of ${side}, disclosed in one act`);
  }
  must((await tale.told(keeper, "/file")).undisclosed.length === 0, "evidence still waits to be disclosed");
  const filer = await tale.party(plaintiff);
  await filer.go(tale.at("/evidence"));
  await filer.act("/opinion", { authenticity: "accepted", legality: "accepted", relevance: "disputed", reasons: "该笔三万元是另一笔借款的还款。" });
  const { items } = await tale.told(filer, "/evidence");
  must(items.some(({ opinions }) => opinions.length === 1), "the opinion was not kept");
  await looksRight(filer, "an opinion");
}

async function waives(tale) {
  for (const side of [defendant, plaintiff]) {
    const party = await tale.party(side);
    await party.go(tale.at("/evidence"));
    await party.act("/waiver");
    await looksRight(party, "the waiver of one's own periods");
  }
  const { periods } = await tale.told(await tale.party(plaintiff));
  must(!periods.some(({ kind }) => ["answer", "evidence"].includes(kind)), "a waived period still runs");
}

async function isScheduled(tale) {
  const scheduler = await tale.as(clerk);
  tale.hearingOn = await tale.workday(2);
  await scheduler.go(tale.at("/hearings"));
  await scheduler.act("/hearings", { on: tale.hearingOn, mode: "in_person", room: "第一法庭" });
  await looksRight(scheduler, "the hearings of the case");
  const { hearings } = await tale.told(scheduler, "/hearings");
  tale.hearing = hearings[0].id;
  await serves(tale);
}

async function isHeard(tale) {
  await tale.until(tale.hearingOn);
  const at = tale.at(`/hearings/${tale.hearing}`);
  const [judge, recorder] = [await tale.as(tale.judge), await tale.as(clerk)];
  await judge.go(at);
  await judge.act("/opening");
  for (const part of ["investigation", "debate", "final_statements"]) await judge.act("/part", { part });
  await recorder.go(at);
  const text = "审判员：现在开庭。\n原告：坚持诉讼请求。\n被告：愿意分期偿还。\n审判员：现在闭庭。";
  await recorder.fill({ text });
  await eventually("the record is kept as it is typed", async () => (await tale.told(recorder, `/hearings/${tale.hearing}`)).hearings[0].transcript === text);
  await looksRight(recorder, "the record of the hearing");
  await recorder.act("/closing");
  for (const one of [await tale.party(plaintiff), await tale.party(defendant), judge, recorder]) {
    await one.go(at);
    await one.act("/signature");
    await looksRight(one, `the record, signed by ${one.name}`);
  }
}

async function isWeighed(tale) {
  const judge = await tale.as(tale.judge);
  for (const { material, name } of (await tale.told(judge, "/evidence")).items) {
    await judge.go(tale.at("/evidence"));
    await judge.act(`/evidence/${material}/view`, { view: "admitted", reasons: `${name}真实、合法，与本案有关，予以采信。` });
  }
  await looksRight(judge, "the evidence, weighed");
}

async function isJudged(tale) {
  const judge = await tale.as(tale.judge);
  await judge.go(tale.at("/documents"));
  await judge.act("/documents");
  const at = new URL(judge.page.url()).pathname;
  await judge.act(at, {
    found_facts: "被告于2026年3月1日向原告借款150000元，已归还30000元。",
    reasoning: "合法的借贷关系受法律保护。",
    legal_basis: "《中华人民共和国民法典》第六百七十五条",
    orders: "被告业未交于本判决生效之日起十日内偿还原告柳无声借款本金120000元",
    costs: "案件受理费由被告负担。",
  });
  await looksRight(judge, "a draft");
  for (const step of ["/putting-forward", "/signature"]) await judge.act(step);
  const second = await tale.as(clerk);
  await second.go(at);
  await second.act("/signature");
  await looksRight(second, "a judgment that its clerk signed");
  await judge.go(at);
  await judge.act("/issue");
  await judge.act("/pronouncement", { record: "到庭：原告、被告。已告知上诉权利、期限和法院。", confirmed: true });
  await looksRight(judge, "a pronounced judgment");
}

async function judgmentIsServed(tale) {
  await serves(tale);
  for (const name of [plaintiff, defendant]) {
    const party = await tale.party(name);
    const { periods } = await tale.told(party);
    tale.appealUntil = periods.find(({ kind }) => kind === "appeal").last_on;
    await party.go(tale.at());
    const [, month, day] = tale.appealUntil.split("-").map(Number);
    const told = new RegExp(`${month}月${day}日|\\b${day}\\b`);
    must(told.test(await party.says()), `${name} is not told until when one may appeal`);
    await looksRight(party, "until when one may appeal");
  }
}

async function takesEffect(tale) {
  await tale.until(dayAfter(tale.appealUntil));
  const party = await tale.party(plaintiff);
  const { stage } = await tale.told(party);
  must(stage === "effective", `the case stands at ${stage}`);
}

async function isArchived(tale) {
  const keeper = await tale.as(clerk);
  await keeper.go(tale.at("/archive"));
  await looksRight(keeper, "ready for the archive");
  await keeper.act("/handing-over");
  const archivist = await tale.as("藏卷宗");
  await archivist.go("/archive");
  await archivist.follow(tale.at("/archive"));
  await archivist.act("/acceptance", { retention: "short" });
  await looksRight(archivist, "a sealed file");
}

async function staysAsItIs(tale) {
  const filer = await tale.party(plaintiff);
  await filer.go(tale.at("/parties"));
  const status = await filer.press("/address", { postal: "山东省烟台市芝罘区幻想路3号" });
  must(status >= 400, `an archived file took a new address: ${status}`);
  await looksRight(filer, "a refusal with its reason");
  await filer.go(tale.at("/trace"));
  await filer.act("/trace/check");
  must(/全部一致|Everything agrees/.test(await filer.says()), "the file does not verify");
  await looksRight(filer, "what the check found");
}

const dayAfter = (day) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
