// The last stretch of a trial, with the forms a person fills in: the judge drafts and signs, the clerk signs too, the judge
// seals and pronounces.
import { enter, must, phone } from "../court.mjs";

export const title = "a judge drafts and signs, the clerk signs too, the judge seals and pronounces, and the parties learn nothing before that";

const orders = "被告周转难于本判决生效之日起十日内偿还原告钱有余借款本金";
const written = {
  found_facts: "双方于2025年签订借款合同，原告已交付借款。",
  reasoning: "合法的借贷关系受法律保护。",
  legal_basis: "《中华人民共和国民法典》第六百七十五条",
  orders,
  costs: "案件受理费由被告负担。",
};

const caseAt = async (reader, stage) =>
  (await reader.ask("/cases")).json.rows.find((row) => row.stage === stage && row.title.startsWith("钱有余"))?.case_id;

async function looks(reader, where) {
  const wrong = await reader.look();
  must(wrong.length === 0, `${where}: ${wrong.join("; ")}`);
}

/** Two write upon the same version: both changes stay, and can be compared word by word. */
async function writtenByTwo(judge, at) {
  const elsewhere = await enter("甄明理", { width: phone });
  await elsewhere.go(at);
  await judge.go(at);
  await elsewhere.act(at, { costs: "案件受理费由被告周转难负担。" });
  must((await judge.press(at, { reasoning: `${written.reasoning}被告应当还款。` })) === 422, "what another saved was overwritten");
  await looks(judge, "a draft that two wrote");
  const [reasoning, costs] = await Promise.all(["reasoning", "costs"].map((name) => judge.page.locator(`[name="${name}"]`).inputValue()));
  must(reasoning.endsWith("被告应当还款。") && costs.includes("周转难"), `not both are there: ${reasoning} ${costs}`);
  await judge.act(at);
  const { content, version } = (await judge.ask(at)).json.drafts[0];
  must(content.reasoning === reasoning && content.costs === costs, "what two wrote was not kept");
  await elsewhere.go(`${at}/versions?from=${version - 2}&to=${version}`);
  await looks(elsewhere, "versions compared on a phone");
  const added = (await elsewhere.page.locator("ins").allInnerTexts()).join("");
  must(added.includes("被告应当还款") && added.includes("周转难"), `the comparison tells of ${added}`);
  await elsewhere.go(`${at}/versions?from=${version}&to=${version - 2}`);
  await elsewhere.act(at);
  must((await elsewhere.ask(at)).json.drafts[0].content.costs === written.costs, "an earlier version was not taken up again");
  await elsewhere.leave();
}

/** What was typed and not saved is there again when its writer comes back; no version came of it. */
async function typedIsKept(judge, at) {
  await judge.go(at);
  const { version } = (await judge.ask(at)).json.drafts[0];
  const field = () => judge.page.locator('form[data-draft] [name="reasoning"]');
  const before = await field().inputValue();
  const type = async (words) => {
    const kept = judge.page.waitForResponse((answer) => answer.url().endsWith("/draft"));
    await field().fill(words);
    must((await kept).status() === 204, "what is typed is not kept");
  };
  await type(`${before}还没有保存的一句。`);
  await judge.go("/workbench");
  await judge.go(at);
  must((await field().inputValue()).endsWith("还没有保存的一句。"), "what was typed is lost on leaving the page");
  await looks(judge, "a draft with words kept and not saved");
  must((await judge.ask(at)).json.drafts[0].version === version, "a version came of typing");
  await type(before);
  await judge.go(at);
}

/** A fact of the draft leads to the page that says it, with the place in the light. */
async function factsLead(judge, at) {
  await judge.go(at);
  const led = judge.page.locator('article.paper a.source[href*="/passage?"]');
  const hrefs = await led.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  must(hrefs.length > 0, "no fact leads to a paper");
  let found = 0;
  for (const href of hrefs.slice(0, 12)) {
    await judge.go(href);
    if (await judge.page.locator("svg.page rect.hit.here").count()) found += 1;
  }
  must(found > 0, `none of ${hrefs.length} facts stands where it leads to`);
}

export async function story() {
  const judge = await enter("甄明理");
  const id = await caseAt(judge, "drafting");
  must(id, "no case stands at drafting");
  const party = await enter("钱有余", { width: phone });

  await judge.go(`/cases/${id}/documents`);
  await judge.press("/documents");
  await looks(judge, "an empty draft");
  const at = new URL(judge.page.url()).pathname;
  await factsLead(judge, at);

  await judge.go(at);
  await judge.press("/putting-forward");
  must((await judge.ask(at)).json.drafts[0].original === null, "an empty draft was put forward");

  await judge.go(at);
  await judge.fill(written);
  await judge.press(at);
  must((await judge.ask(at)).json.drafts[0].content.orders[0] === orders, "the orders were not kept");

  await writtenByTwo(judge, at);
  await typedIsKept(judge, at);
  must((await party.ask(at)).status === 404, "the party reads a draft");
  must((await party.ask(`${at}/versions`)).status === 404, "the party reads the versions of a draft");
  must((await party.ask(`/cases/${id}/documents`)).status === 404, "the party sees that there are drafts");

  await judge.press("/putting-forward");
  await looks(judge, "a document to be signed");
  const { original } = (await judge.ask(at)).json.drafts[0];
  must((await party.ask(`/cases/${id}/file/${original[0]}`)).status === 404, "the party reads the unsigned original");
  const clerk = await enter((await judge.ask(`/cases/${id}`)).json.tribunal.find((one) => one.seat === "clerk").name);
  await clerk.go(at);
  must((await clerk.page.locator('form[action$="/signature"]').count()) === 0, "the clerk may sign before the judge");
  await looks(clerk, "a document that the judge has not signed");
  await judge.press("/signature");
  must((await judge.page.locator('form[action$="/issue"]').count()) === 0, "it is sealed without its clerk");
  must((await clerk.ask("/signing")).json.waiting.some(({ document }) => at.endsWith(document)), "it does not wait in the clerk's queue");
  await clerk.go(at);
  await clerk.press("/signature");
  await looks(clerk, "a document that judge and clerk signed");
  await clerk.leave();
  await judge.go(at);
  await judge.press("/issue");
  await looks(judge, "a document to be pronounced");
  await judge.press("/pronouncement", { record: "到庭：原告、被告。已告知上诉权利、期限和法院。", confirmed: true });
  const after = (await judge.ask(at)).json;
  must(after.drafts[0].issued, "nothing was issued");
  must(await caseAt(judge, "serving_final") === id, "the case is not pronounced");
  await looks(judge, "a pronounced document");
  await judge.leave();
  await party.leave();
}
