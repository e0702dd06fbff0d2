// An application from the first question to the case number, on a phone without scripts: two plaintiffs, bad
// input told at its field, papers refused and taken, a correction at the party's own field, a clerk by keyboard.
import { enter, must, phone } from "../court.mjs";

export const title = "a party files step by step without scripts, corrects what was asked, and a clerk files it by keyboard";

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const file = (name, buffer) => ({ name, mimeType: "application/octet-stream", buffer });

/** Presses a verb by its words, and waits for the page that answers; tells the status. */
async function press(reader, words) {
  const button = reader.page.getByRole("button", { name: words, exact: true }).first();
  must(await button.count(), `no verb “${words}” at ${reader.page.url()}`);
  const answered = reader.page.waitForResponse((answer) => answer.request().method() === "POST");
  await button.click();
  const status = (await answered).status();
  await reader.page.waitForLoadState("load");
  return status;
}

const at = (reader) => new URL(reader.page.url()).pathname.split("/").pop();
const errors = (reader) => reader.page.locator(".field .error, .row-cells .error").allInnerTexts();
const value = (reader, name) => reader.page.locator(`[name="${name}"]`).first().inputValue();

async function fits(reader, where) {
  const wrong = await reader.look({ axe: false });
  must(wrong.length === 0, `${where}: ${wrong.join("; ")}`);
}

/** Goes to a step by the list of steps, which keeps what was typed. */
async function goTo(reader, step) {
  const answered = reader.page.waitForResponse((answer) => answer.request().method() === "POST");
  const button = reader.page.locator(`button[name="then"][value="go:${step}"]`).first();
  await reader.hands.unfold(button);
  await button.click();
  await answered;
  await reader.page.waitForLoadState("load");
  must(at(reader) === step, `${step} was not reached but ${reader.page.url()}`);
}

async function choosesByBrowsing(party) {
  await party.go("/filings/new");
  for (const name of ["合同、准合同纠纷", "合同纠纷", "借款合同纠纷"]) {
    const link = party.page.locator("#tree ul a", { hasText: name }).first();
    must(await link.count(), `the tree does not show ${name}`);
    await link.click();
    await party.page.waitForLoadState("load");
  }
  await fits(party, "the tree of causes");
  await press(party, "民间借贷纠纷");
  must(at(party) === "p0", `filing does not begin with the plaintiff but at ${party.page.url()}`);
}

async function namesTheParties(party) {
  await party.fill({ p0_address: "开发区虚拟路1号" });
  await press(party, "还有人一起起诉");
  must(at(party) === "p1", "no place for a second plaintiff");
  await party.fill({ p1_name: "钱多多", p1_address: "开发区虚拟路5号", p1_phone: "12000000055" });
  await press(party, "下一步");
  must(at(party) === "d0", "the defendant does not follow the plaintiffs");
  await party.fill({ d0_name: "易欠款", d0_address: "开发区虚拟路2号", d0_id_no: "370691198503120114" });
  await press(party, "下一步");
  must(at(party) === "d0", "a wrong check digit was taken");
  must((await errors(party)).join().includes("校验不通过"), "the fault is not told at its field");
  must((await value(party, "d0_id_no")) === "370691198503120114", "what was typed is lost");
  await fits(party, "a wrong number");
  await party.fill({ d0_id_no: "" });
  await party.page.locator('input[type="checkbox"][name="d0_id_no"]').check();
  await press(party, "还有别人也要一起告");
  must(at(party) === "d1", "no place for a second defendant");
  await press(party, "去掉这个人");
  must(at(party) === "d0", "the second defendant was not taken off");
  await press(party, "下一步");
  must(at(party) === "q1", "the questions of the cause do not follow");
}

async function answersAndClaims(party) {
  await party.fill({ e_principal_asof: "2026-02-28", e_principal_due: "150000.123" });
  await press(party, "下一步");
  must(at(party) === "q1", "three decimals were taken");
  must((await errors(party)).join().includes("两位小数"), "the decimals are not told at their field");
  await party.fill({ e_principal_due: "150000" });
  await press(party, "下一步");
  must(at(party) === "q2", "a right amount was refused");
  await party.page.goBack();
  must(at(party) === "q1", "going back leads elsewhere");
  must((await value(party, "e_principal_due")) === "150000", "going back loses what was typed");
  await goTo(party, "claims");
  await press(party, "按前面的回答写请求");
  must((await value(party, "claims_0_0")).includes("150000元"), "no claim was written from the answers");
  must((await value(party, "claims_0_1")) === "150000.00", "the claim has no amount");
  await party.fill({ claims_1_0: "判令被告支付利息", claims_1_1: "500" });
  await press(party, "再加几行");
  const totals = await party.page.locator(".total").allInnerTexts();
  must(totals[0].includes("150,500.00"), `the total is not computed: ${totals}`);
  must(totals[1].includes("1,655.00"), `the fee is not estimated: ${totals}`);
  await fits(party, "the claims");
  await goTo(party, "facts");
  await party.fill({ facts: "2024年6月1日借给易欠款十五万元，至今未还。" });
}

async function handsPapersIn(party) {
  await goTo(party, "evidence");
  const upload = async (name, bytes) => {
    await party.page.locator('input[type="file"]').setInputFiles([file(name, bytes)]);
    await party.page.locator('#papers [name="purpose"]').fill("证明借款");
    return press(party, "加上这些文件");
  };
  const refusals = [["空.png", Buffer.alloc(0), "空的"], ["借条.pdf", png, "不一致"]];
  for (const [name, bytes, words] of refusals) {
    await upload(name, bytes);
    must((await errors(party)).join().includes(words), `${name} is not told at its field`);
    must((await party.page.locator('#papers [name="purpose"]').inputValue()) === "证明借款", "what was typed beside the file is lost");
  }
  await upload("借条.png", png);
  must((await errors(party)).length === 0, "a picture was refused");
  must((await party.page.locator("section.sheet h2", { hasText: "借条" }).count()) === 1, "the paper is not there once");
  await fits(party, "the evidence");
  await takesTheFileAlong(party);
  const at = new URL(party.page.url()).pathname;
  const scripted = await enter("贾借出", { width: phone });
  await scripted.go(at);
  await goesOnWithoutAdding(scripted);
  await scripted.leave();
  await party.go(at);
}

/** A file that was chosen and not added goes along with whatever verb is pressed; one that is refused keeps its filer here. */
async function takesTheFileAlong(party) {
  const chosen = party.page.locator('input[type="file"]');
  await chosen.setInputFiles([file("收条.pdf", png)]);
  await press(party, "下一步");
  must(at(party) === "evidence" && (await errors(party)).join().includes("不一致"), "a refused file is passed over");
  await chosen.setInputFiles([file("收条.png", png)]);
  await party.page.locator('#papers [name="purpose"]').fill("证明收到");
  await press(party, "下一步");
  must(at(party) !== "evidence", "nothing was wrong and nobody went on");
  await goTo(party, "evidence");
  const items = party.page.locator("section.sheet h2", { hasText: "收条" });
  must((await items.count()) === 1, "a file that was chosen is lost at the next step");
  await fits(party, "the evidence with a file taken along");
}

/** A file that arrived by itself keeps what was typed beside it, though nobody presses the verb of the file. */
async function goesOnWithoutAdding(party) {
  const told = (sent) => sent?.includes("upload=") && new URLSearchParams(sent).get("purpose") === "证明催要";
  const kept = party.page.waitForResponse((answer) => answer.url().endsWith("/draft") && told(answer.request().postData()));
  await party.page.locator('input[type="file"]:not([capture])').setInputFiles([file("微信.png", png)]);
  await party.page.locator('#papers [name="purpose"]').fill("证明催要");
  await kept;
  await press(party, "下一步");
  await goTo(party, "evidence");
  const purposes = await party.page.locator('[name^="x"][name$="_purpose"]').evaluateAll((fields) => fields.map((field) => field.value));
  must(purposes.includes("证明催要"), `what was typed beside the file is lost: ${purposes}`);
}

async function submits(party) {
  await goTo(party, "preview");
  const paper = await party.page.locator("article.paper").first().innerText();
  for (const words of ["贾借出", "钱多多", "易欠款", "150000元"]) must(paper.includes(words), `the complaint does not name ${words}`);
  await fits(party, "the preview");
  const submission = await party.page.locator('form[action$="/submission"]').getAttribute("action");
  await press(party, "提交给法院");
  const id = at(party);
  must(/^[0-9a-f-]{36}$/.test(id), `no case at ${party.page.url()}`);
  const again = await party.context.request.post(new URL(submission, party.page.url()).href, { form: {}, maxRedirects: 0, headers: { Origin: new URL(party.page.url()).origin } });
  must(again.status() === 303 && again.headers().location.endsWith(id), `sent twice it answers ${again.status()}`);
  return id;
}

async function asksForCorrection(clerk, id) {
  await clerk.go(`/review/${id}`);
  await clerk.page.locator("summary", { hasText: "一次告知补正" }).click();
  await clerk.fill({ other: "写明被告易欠款的详细住址" });
  await clerk.page.locator('select[name="other_at"]').selectOption("party.2.address");
  await clerk.press("/correction");
}

async function corrects(party, id) {
  await party.go(`/filings/${id}/correct`);
  must(at(party) === "correction", "the correction does not begin with what was asked");
  const draft = new URL(party.page.url()).pathname.replace(/\/correction$/, "");
  const before = (await party.ask(`${draft}/d0`)).json.draft;
  await press(party, "去改 写明被告易欠款的详细住址");
  must(at(party) === "d0", "the mark does not lead to the party");
  must((await party.page.locator(".field:has(#f-d0_address) .asked").innerText()).includes("详细住址"), "the field is not marked");
  await fits(party, "a marked field");
  await party.fill({ d0_address: "开发区虚拟路2号2号楼202室" });
  await press(party, "下一步");
  const after = (await party.ask(`${draft}/d0`)).json.draft;
  const changed = Object.keys(before.fields).filter((name) => JSON.stringify(before.fields[name]) !== JSON.stringify(after.fields[name]));
  must(changed.join() === "d0_address", `correcting changed ${changed}`);
  must(after.evidence.length === before.evidence.length, "correcting lost the evidence");
  await goTo(party, "preview");
  await press(party, "提交补正");
}

/** Queue, four conditions, filing: six strokes, no mouse. */
async function filesByKeyboard(clerk, id) {
  await clerk.go("/review");
  for (let tries = 0; tries < 40 && !(await clerk.page.evaluate(() => document.activeElement?.getAttribute("href") ?? "")).endsWith(id); tries += 1) await clerk.page.keyboard.press("j");
  await Promise.all([clerk.page.waitForURL((url) => url.pathname.endsWith(id)), clerk.page.keyboard.press("Enter")]);
  await clerk.page.waitForLoadState("load");
  for (const digit of "1234") await clerk.page.keyboard.press(digit);
  must((await clerk.page.locator('input[name="condition"]:checked').count()) === 4, "the keys do not tick the conditions");
  const wrong = await clerk.look();
  must(wrong.length === 0, `the review: ${wrong.join("; ")}`);
  const answered = clerk.page.waitForResponse((answer) => answer.url().endsWith("/file"));
  await clerk.page.keyboard.press("Control+Enter");
  await answered;
  await clerk.page.waitForLoadState("load");
  const { outcome } = (await clerk.ask(`/review/${id}`)).json;
  must(outcome.outcome === "filed" && outcome.number.includes("民初"), `not filed: ${JSON.stringify(outcome)}`);
  return outcome.number;
}

export async function story() {
  const party = await enter("贾借出", { width: phone, scripts: false });
  await choosesByBrowsing(party);
  await namesTheParties(party);
  await answersAndClaims(party);
  await handsPapersIn(party);
  const id = await submits(party);
  const clerk = await enter("收立案");
  await asksForCorrection(clerk, id);
  await corrects(party, id);
  await party.leave();
  const number = await filesByKeyboard(clerk, id);
  await clerk.leave();
  return number;
}
