// What needs another's yes: the fee that a party can't pay, the months a judge needs, a stay nobody sees reason for.
import { enter, must } from "../court.mjs";
import { looksRight } from "../tale.mjs";

export const title = "the head, the vice-president and the president say yes or no, one after another, each with their own words";

const find = async (reader, title) => (await reader.ask("/cases")).json.rows.find((row) => row.title.startsWith(title))?.case_id;
const seat = async (reader, id, wanted) => (await reader.ask(`/cases/${id}`)).json.tribunal.find((one) => one.seat === wanted).name;

/** From the list of what waits for this person to the request, and an answer. */
async function says(name, id, answer, opinion) {
  const reader = await enter(name);
  await reader.go("/approvals");
  await looksRight(reader, `what waits for ${name}`);
  await reader.follow(`/cases/${id}/approvals`);
  await reader.press(reader.page.locator(`form[action^="/cases/${id}/approvals/"]`).first(), { opinion }, { as: answer });
  await looksRight(reader, `after the word of ${name}`);
  await reader.leave();
}

/** Somebody of the case asks. */
async function asks(name, id, matter, fields) {
  const reader = await enter(name);
  const at = `/cases/${id}/approvals`;
  await reader.go(at);
  await reader.press(reader.page.locator(`form[action="${at}"]:has(input[name="matter"][value="${matter}"])`), fields);
  await reader.leave();
}

const newest = async (reader, id, matter) =>
  (await reader.ask(`/cases/${id}/approvals`)).json.requests.find((request) => request.matter.matter === matter);

export async function story() {
  const office = await enter("管审判");

  const poor = await enter("金出手");
  const unpaid = await find(office, "金出手");
  await poor.go(`/cases/${unpaid}/fees`);
  await poor.press("/fees/aid", { aid: "reduce", reason: "本人失业，家中有病人，附低保证明。" });
  await looksRight(poor, "a request for aid");
  const judge = await enter(await seat(office, unpaid, "judge"));
  await judge.go(`/cases/${unpaid}/fees`);
  await judge.press("/fees/aid", { aid: "reduce", remaining: "100", reason: "情况属实，建议减交。" });
  await says("庭之长", unpaid, "yes", "同意减交");
  await says("傅院长", unpaid, "yes", "同意");
  const { due_fen: due } = (await poor.ask(`/cases/${unpaid}/fees`)).json;
  must(due === 10_000, `${due} fen remain to be paid`);
  await poor.leave();
  await judge.leave();

  const long = await find(office, "贷出款");
  const before = (await office.ask(`/cases/${long}/approvals`)).json.trial_ends_on;
  await asks(await seat(office, long, "judge"), long, "extend_trial", { months: "1", reason: "需要等待鉴定意见。" });
  await says("庭之长", long, "yes", "案情复杂，同意");
  must((await office.ask(`/cases/${long}/approvals`)).json.trial_ends_on === before, "the head alone extended the trial");
  await says("袁长正", long, "yes", "同意延长一个月");
  const after = (await office.ask(`/cases/${long}/approvals`)).json.trial_ends_on;
  must(after > before, `the trial still ends on ${after}`);

  await asks(await seat(office, long, "clerk"), long, "stay", { ground: "被告下落不明", reason: "无法联系被告。" });
  await says("庭之长", long, "no", "可以公告送达，不必中止");
  const { status, words } = await newest(office, long, "stay");
  must(status === "refused" && words[0].opinion.includes("公告送达"), "the refusal was not kept with its words");
  await office.leave();
}
