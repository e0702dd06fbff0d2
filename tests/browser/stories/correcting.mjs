// A draft goes to Word and comes back; the judgment is issued with a slip, which a ruling puts right.
import { enter, must, phone } from "../court.mjs";
import { handsOver } from "../tale.mjs";
import { packed, parts } from "../zip.mjs";

export const title = "a draft goes to Word and comes back, and a slip in the issued judgment is put right by a ruling that is served";

/** Its case is pronounced. */
export const own = true;

const written = {
  found_facts: "双方于2025年签订借款合同，原告已交付借款。",
  reasoning: "合法的借贷关系受法律保护。",
  legal_basis: "《中华人民共和国民法典》第六百七十五条",
  orders: "被告周转难于本判决生效之日起十日内偿还原告钱有余借款本金\n驳回原告钱有余的其他诉讼请求",
  costs: "案件受理费由被告负担",
};
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

async function looks(reader, where) {
  const wrong = await reader.look();
  must(wrong.length === 0, `${where}: ${wrong.join("; ")}`);
}

const raw = async (reader, path) => (await reader.context.request.get(new URL(path, reader.page.url()).href)).body();

/** What a colleague does in Word: a tracked change, numbers that Word counts, a comment in the margin. */
function changedInWord(bytes) {
  const all = parts(bytes);
  let document = all.get("word/document.xml").toString("utf8");
  const run = (text) => `<w:r><w:rPr></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
  must(document.includes(run("本院认为，")), "the reasoning does not open with a run of its own");
  document = document.replace(run("本院认为，"), `${run("本院")}<w:proofErr w:type="spellStart"/>${run("认为，")}<w:ins w:id="7" w:author="李同事">${run("经审理查证，")}</w:ins>`);
  for (const number of ["一、", "二、"]) {
    document = document.replace(`<w:pStyle w:val="Body"/></w:pPr>${run(number)}`, '<w:pStyle w:val="Body"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>');
  }
  all.set("word/document.xml", Buffer.from(document, "utf8"));
  const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  all.set("word/numbering.xml", Buffer.from(`<w:numbering ${space}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`, "utf8"));
  all.set("word/comments.xml", Buffer.from(`<w:comments ${space}><w:comment w:id="0" w:author="李同事"><w:p><w:r><w:t>期限请再看</w:t></w:r></w:p></w:comment></w:comments>`, "utf8"));
  return packed(all);
}

async function sendBack(judge, at, name, buffer) {
  await judge.go(at);
  await judge.page.locator("details:has(#f-file) > summary").click();
  await judge.page.locator("#f-file").setInputFiles({ name, mimeType: DOCX, buffer });
  return judge.press("/docx");
}

async function throughWord(judge, at) {
  const file = await raw(judge, `${at}/docx`);
  must((await sendBack(judge, at, "没改.docx", file)) === 200, "an unchanged file is refused");
  must((await judge.page.locator("ins, del").count()) === 0, "an unchanged file differs");
  must((await sendBack(judge, at, "坏的.docx", Buffer.from("PK\x03\x04 not a package"))) === 422, "a broken file is taken");
  await looks(judge, "a broken file");
  must((await sendBack(judge, at, "改好.docx", changedInWord(file))) === 200, "a changed file is refused");
  await looks(judge, "what came back from Word");
  must((await judge.page.locator("ins").allInnerTexts()).join("").includes("查证"), "the change is not shown");
  const said = await judge.says();
  must(said.includes("李同事") && said.includes("期限请再看"), "tracked changes and comments are not told");
  const before = (await judge.ask(at)).json.drafts[0];
  must(before.content.reasoning === written.reasoning, "something was saved before anybody said so");
  await judge.act(at);
  const { content, version } = (await judge.ask(at)).json.drafts[0];
  must(content.reasoning === `经审理查证，${written.reasoning}`, `the reasoning became ${content.reasoning}`);
  must(content.orders.join("\n") === written.orders && version === before.version + 1, "the orders changed, or there is no new version");
}

async function pastedFromWord(judge, at) {
  await judge.go(at);
  const costs = judge.page.locator('[name="costs"]');
  await costs.fill("");
  await costs.evaluate((place) => {
    const html = '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><![if !supportLists]><span>一、<span>&nbsp;&nbsp;</span></span><![endif]><span>案件受理费由\u200b被告</span></p><p class="MsoNormal">负担<del>吗</del></p></body></html>';
    const data = new DataTransfer();
    data.setData("text/html", html);
    place.focus();
    place.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  must((await costs.inputValue()) === "一、案件受理费由被告\n负担", `pasted: ${await costs.inputValue()}`);
  await costs.fill("案件受理费由\u202e被告负担");
  await judge.act(at);
  must((await judge.ask(at)).json.drafts[0].content.costs === "案件受理费由被告负担", "what nobody sees was saved");
  await judge.go(at);
  must((await judge.press(at, { reasoning: "长".repeat(25000) })) === 422, "a paragraph of 75 kB is saved");
  must((await judge.page.locator('[name="reasoning"]').inputValue()).length === 25000, "what was typed is lost");
}

async function issued(judge, clerk, at) {
  await judge.go(at);
  await judge.act("/putting-forward");
  await judge.act("/signature");
  await clerk.go(at);
  await clerk.act("/signature");
  await judge.go(at);
  await judge.act("/issue");
}

async function putRight(judge, clerk, at, party, id) {
  await judge.go(at);
  await judge.follow(`${at}/correction`);
  await looks(judge, "marking slips");
  const rows = { part: judge.page.locator('[name="part"]'), wrong: judge.page.locator('[name="wrong"]'), right: judge.page.locator('[name="right"]') };
  await rows.part.first().selectOption("orders");
  await rows.wrong.first().fill("驳回原告钱有余的其他诉讼请求");
  await rows.right.first().fill("支持原告钱有余的其他诉讼请求");
  must((await judge.press("/correction")) === 409, "the substance is put right by ruling");
  must((await judge.says()).includes("实质内容"), "the reason is not told");
  await judge.go(`${at}/correction`);
  await rows.part.first().selectOption("orders");
  await rows.wrong.first().fill("十日内");
  await rows.right.first().fill("十五日内");
  await judge.act("/correction");
  await looks(judge, "a ruling on slips, drafted");
  const ruling = new URL(judge.page.url()).pathname;
  must((await judge.says()).includes("“十日内”补正为“十五日内”"), "the ruling does not say what it puts right");
  await issued(judge, clerk, ruling);
  await judge.go(at);
  await looks(judge, "a document that a ruling put right");
  must((await judge.says()).includes("须与补正裁定一并阅读"), "the document does not say that it is to be read with the ruling");
  const stage = (await judge.ask("/cases")).json.rows.find((row) => row.case_id === id).stage;
  must(stage === "serving_final", `the case moved to ${stage}`);
  await party.go(`/cases/${id}`);
  must(!(await party.says()).includes("补正"), "the party hears of a ruling that did not reach it");
  must((await handsOver(clerk.name, id, "民事裁定书（补正）")) > 1, "the ruling waits for nobody");
  await party.go(`/cases/${id}`);
  must((await party.says()).includes("补正"), "the party does not see the ruling that it has");
  await looks(party, "a case whose judgment was put right");
  await judge.go(at);
  await judge.go(`${at}/correction`);
  await judge.act("/copy");
  await looks(judge, "a corrected copy, drafted");
  must((await judge.says()).includes("十五日内"), "the copy has the slip");
  return ruling;
}

export async function story() {
  const judge = await enter("甄明理");
  const row = (await judge.ask("/cases")).json.rows.find((row) => row.stage === "drafting" && row.title.startsWith("钱有余"));
  must(row, "no case stands at drafting");
  const party = await enter("钱有余", { width: phone });
  await judge.go(`/cases/${row.case_id}/documents`);
  await judge.press("/documents");
  const at = new URL(judge.page.url()).pathname;
  await judge.fill(written);
  await judge.act(at);
  must((await party.ask(`${at}/docx`)).status === 404, "the party downloads a draft");
  await throughWord(judge, at);
  await pastedFromWord(judge, at);
  const clerk = await enter((await judge.ask(`/cases/${row.case_id}`)).json.tribunal.find((one) => one.seat === "clerk").name);
  await issued(judge, clerk, at);
  await judge.act("/pronouncement", { record: "到庭：原告、被告。已告知上诉权利、期限和法院。", confirmed: true });
  await putRight(judge, clerk, at, party, row.case_id);
  for (const reader of [judge, clerk]) await reader.leave();
  await party.leave();
}
