// A judgment of a panel in a case of the four kinds: other words are suggested and taken over, panel and clerk sign from
// their queues, those who lead read along, the clerk seals. Nobody outside the court learns of any of it.
import { enter, must } from "../court.mjs";
import { eventually, looksRight } from "../tale.mjs";
import { deliberate, panel } from "./deliberation.mjs";

export const title = "a member suggests other words, panel, clerk and head sign from their queues, and no party hears of it";

/** The deliberation is told by another story too: here it happens in another court. */
export const own = true;

const draft = {
  found_facts: "双方于2025年签订买卖合同，原告已交货，被告尚欠货款。",
  reasoning: "依法成立的合同受法律保护，被告应当按约付款。",
  legal_basis: "《中华人民共和国民法典》第六百二十六条",
  orders: "被告于本判决生效之日起十日内支付原告货款",
  costs: "案件受理费由被告负担。",
};

/** Ticks everything in the reader's queue, signs it, and waits until each has its answer. */
async function signs(reader) {
  await reader.go("/signing");
  await looksRight(reader, `what waits for ${reader.name}`);
  const boxes = reader.page.locator('input[name="chosen"]');
  must((await boxes.count()) > 0, `nothing waits for ${reader.name}`);
  for (const box of await boxes.all()) await reader.hands.set(box, true);
  await reader.act("/signing");
  const at = new URL(reader.page.url()).pathname;
  await eventually(`${reader.name} signed`, async () => (await reader.ask(at)).json.is_done);
  const { items } = (await reader.ask(at)).json;
  must(items.every(({ outcome }) => outcome.outcome === "done"), JSON.stringify(items.map(({ outcome }) => outcome)));
  await reader.go(at);
  await looksRight(reader, `what became of it for ${reader.name}`);
}

export async function story() {
  const seats = await panel();
  const { id, presiding, assessor, member } = seats;
  const head = await enter("庭之长");
  await head.go(`/cases/${id}/supervision`);
  await looksRight(head, "the page of supervision");
  await head.act("/supervision", { ground: ["mass"], reason: "涉及多名当事人。" });
  await deliberate(seats);

  await presiding.go(`/cases/${id}/documents`);
  await presiding.act("/documents");
  const at = new URL(presiding.page.url()).pathname;
  await presiding.act(at, draft);
  await assessor.go(`${at}?on=reasoning.0`);
  await assessor.act("/comments", { quote: "应当按约付款", words: "写明依据", suggests: true, suggestion: "应当依约支付价款" });
  await assessor.go(at);
  await looksRight(assessor, "the comment of the assessor");
  await head.go(at);
  must((await head.says()).includes("写明依据"), "the head does not see what was said");
  const { comments } = (await head.ask(at)).json.drafts[0].comments;
  must(comments[0].suggestion === "应当依约支付价款", "the head does not see what was suggested");
  must((await head.page.locator('form[action$="/acceptance"], form[action$="/putting-forward"]').count()) === 0, "the head may change the draft");
  await presiding.go(at);
  await presiding.act("/acceptance");
  must((await presiding.ask(at)).json.drafts[0].content.reasoning.includes("应当依约支付价款"), "it was not taken over");

  await presiding.go(at);
  await presiding.act("/putting-forward");
  const early = await presiding.ask("/signing");
  must(early.json.waiting.every(({ document }) => !at.endsWith(document)), "the presiding judge may sign first");
  const clerk = await enter((await presiding.ask(`/cases/${id}`)).json.tribunal.find((one) => one.seat === "clerk").name);
  for (const reader of [assessor, member, presiding]) {
    const { waiting } = (await clerk.ask("/signing")).json;
    must(waiting.every(({ document }) => !at.endsWith(document)), `the clerk may sign before ${reader.name}`);
    await signs(reader);
  }
  must((await head.ask("/signing")).json.waiting.every(({ document }) => !at.endsWith(document)), "the head reads before the clerk signed");
  await clerk.go("/workbench");
  must((await clerk.links()).includes("/signing"), "the clerk has no way to the queue");
  await signs(clerk);
  await head.go(at);
  await looksRight(head, "a document to read before the seal");
  await signs(head);
  const vice = await enter("傅院长", { lang: "en" });
  await vice.go(at);
  await vice.act("/reading", { opinion: "同意" });
  await clerk.go(at);
  await clerk.act("/issue");
  await looksRight(clerk, "sealed");

  const outsider = await enter("代钢构");
  for (const page of [at, `/cases/${id}/supervision`, "/signing"]) must((await outsider.ask(page)).status === 404, `${page} is open to a party`);
  for (const page of ["/home", `/cases/${id}`, `/cases/${id}/trace`]) {
    const said = JSON.stringify((await outsider.ask(page)).json);
    must(!/supervision|commented|四类案件|审阅/.test(said), `a party reads of it at ${page}`);
  }
  for (const reader of [outsider, clerk, vice, head, presiding, assessor, member]) await reader.leave();
}
