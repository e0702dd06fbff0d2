// Mediation by the parties themselves: one asks, the judge begins, they offer, answer, tell the mediator alone,
// and sign; what is told alone stays there until it is let go.
import { enter, must, phone } from "../court.mjs";

export const title = "parties ask for mediation, bargain, confide in the mediator and sign; the case closes by it";

const alone = "十二个月内还清就行，利息可以不要";
const terms = "被告于2026年12月31日前一次还清借款本金";

async function looks(reader, where) {
  const wrong = await reader.look();
  must(wrong.length === 0, `${where}: ${wrong.join("; ")}`);
}

/** The loan case before its hearing: two parties are on line, the guarantor is not. */
async function pick() {
  for (const name of ["甄明理", "程公允", "和为贵", "衡平之"]) {
    const judge = await enter(name);
    const row = (await judge.ask("/cases")).json.rows.find((one) => one.title.startsWith("贷出款") && one.stage === "pretrial");
    if (row) return { judge, id: row.case_id };
    await judge.leave();
  }
  throw new Error("no judge has the case of 贷出款");
}

/** Whoever keeps the file of the case. */
async function clerkOf(id) {
  for (const name of ["纪真", "纪实录"]) {
    const clerk = await enter(name);
    if ((await clerk.ask(`/cases/${id}/mediation`)).status === 200) return clerk;
    await clerk.leave();
  }
  throw new Error("the case has no clerk");
}

/** Unfolds everything that is folded, as a person does one by one. */
const unfold = (reader) => reader.page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));

export async function story() {
  const { judge, id } = await pick();
  const clerk = await clerkOf(id);
  const plaintiff = await enter("贷出款", { width: phone });
  const defendant = await enter("借未还", { width: phone, lang: "en" });
  const at = `/cases/${id}/mediation`;
  const now = async (reader) => (await reader.ask(at)).json;

  await defendant.go(at);
  await looks(defendant, "before mediation");
  await defendant.press("/asking");
  must((await now(judge)).asked.length === 1, "the judge does not learn that mediation is asked for");
  await judge.go(at);
  await looks(judge, "mediation is asked for");
  await judge.press("/opening");

  await plaintiff.go(at);
  await plaintiff.page.locator('form[action$="/confidences"] textarea').fill(alone);
  await plaintiff.press("/confidences");
  await looks(plaintiff, "told the mediator alone");
  must(JSON.stringify(await now(judge)).includes(alone), "the mediator is not told");
  for (const path of [at, `/cases/${id}`, `/cases/${id}/trace`]) {
    must(!JSON.stringify((await defendant.ask(path)).json).includes(alone), `the other side reads it at ${path}`);
  }
  must((await now(defendant)).confidences.length === 0, "the other side learns that something was told alone");

  const { until } = (await now(judge)).lasting;
  const later = new Date(Date.parse(until) + 10 * 86_400_000).toISOString().slice(0, 10);
  await plaintiff.go(at);
  await plaintiff.press("/extension", { until_on: later });
  must((await now(judge)).lasting.proposed.waiting.length === 2, "whoever proposes longer mediation agrees to it");
  await defendant.go(at);
  await looks(defendant, "asked whether mediation may last longer");
  await defendant.press("/extension/agreement");
  must((await now(judge)).lasting.until === until, "two of three made mediation longer");
  await clerk.go(at);
  await clerk.press("/extension/agreement", { came_by: "phone" });
  must((await now(judge)).lasting.until === later, "all agree, and mediation does not last longer");

  await defendant.go(at);
  await defendant.page.locator('textarea[id="terms-offer"]').fill("分三年还清");
  await defendant.press("/offers");
  await plaintiff.go(at);
  await looks(plaintiff, "an offer to answer");
  await plaintiff.page.getByRole("button", { name: /^我不同意/ }).first().click();
  await plaintiff.page.waitForLoadState("load");
  must((await now(defendant)).offers[0].replies[0].accepts === false, "the refusal is not told");

  await plaintiff.press("/releases");
  const let_go = (await now(defendant)).offers[1];
  must(let_go?.terms === alone, "what was let go is not an offer to the other side");
  await defendant.go(at);
  await looks(defendant, "an offer to accept");
  await defendant.page.getByRole("button", { name: /^I would agree to this/ }).first().click();
  await defendant.page.waitForLoadState("load");
  must(!(await now(judge)).offers[1].accepted, "the guarantor has not been heard yet");
  await clerk.go(at);
  await unfold(clerk);
  await looks(clerk, "the clerk enters what came on paper");
  await clerk.page.locator('#offer-1 form[action$="/answers"] select[name="came_by"]').selectOption("post");
  await clerk.page.locator('#offer-1 form[action$="/answers"] button[value="accepted"]').click();
  await clerk.page.waitForLoadState("load");
  must((await now(judge)).offers[1].accepted, "everyone agrees, and it does not show");

  await judge.go(`${at}?offer=1`);
  must((await judge.page.locator('form[action$="/agreement"] textarea').inputValue()) === alone, "the terms are not taken over");
  await judge.page.locator('form[action$="/agreement"] textarea').fill(`${terms}\n双方再无其他争议`);
  await judge.page.locator('form[action$="/agreement"] input[name="costs"]').fill("案件受理费减半收取，由被告负担");
  await judge.page.locator('form[action$="/agreement"] input[name="effective_on_signature"]').check();
  await judge.press("/agreement");
  await looks(judge, "an agreement waits for signatures");

  for (const party of [plaintiff, defendant]) {
    await party.go(at);
    await looks(party, `${party.name} reads the agreement`);
    await party.press("/signature");
  }
  await clerk.go(at);
  await unfold(clerk);
  await clerk.press("/signature");
  const { agreement } = await now(defendant);
  must(agreement.signers.every(({ on }) => on), "a signature has no day");
  must((await defendant.ask(`/cases/${id}/file/${agreement.paper}`)).status === 200, "the printed agreement can't be opened");
  const trace = JSON.stringify((await clerk.ask(`/cases/${id}/trace`)).json);
  must(trace.includes("on_paper.entered.v1"), "the trace does not say what came on paper");
  const closed = (await judge.ask(`/cases/${id}`)).json;
  must(closed.stage === "effective", `the case stands at ${closed.stage} after the last signature`);
  must((await now(defendant)).statement === null && (await now(defendant)).statement_draft === null, "a party hears of a statement that is not made yet");
  await judge.go(at);
  await looks(judge, "mediation is done, the statement is to be made");
  const draft = `/cases/${id}/documents/${(await now(judge)).statement_draft}`;
  await judge.follow(draft);
  await looks(judge, "the statement before it is put forward");
  must((await judge.page.locator('[name="reasoning"]').count()) === 0, "the judge types in a statement");
  await judge.act("/putting-forward");
  await judge.act("/signature");
  must((await judge.page.locator('form[action$="/issue"]').count()) === 0, "it is sealed without its clerk");
  await clerk.go(draft);
  await looks(clerk, "the statement that the clerk signs");
  await clerk.act("/signature");
  await clerk.act("/issue");
  must((await now(judge)).statement, "the statement is not there");
  for (const reader of [judge, clerk, plaintiff, defendant]) await reader.leave();
}
