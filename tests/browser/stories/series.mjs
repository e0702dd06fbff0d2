// One company against many owners: their judge links the cases, writes one draft with places in it, and sees what became
// of it in each. A case that does not tell what the draft asks for falls out; so does one that was written in by hand.
import { enter, must, phone } from "../court.mjs";
import { eventually, looksRight } from "../tale.mjs";

export const title = "a judge writes like cases once, sees what came of each, and no party hears that there are others";

const name = "想象花园物业费";
const silent = "门常锁";

const common = {
  found_facts: "{被告}是{坐落位置}业主，房屋面积{面积}平方米，物业费标准为{约定的物业费标准}，尚欠{尚欠物业费}。{被告}答辩称：{答辩意见}",
  reasoning: "业主以服务的一般瑕疵拒付全部物业费，不予支持。",
  legal_basis: "《中华人民共和国民法典》第九百四十四条",
  orders: "{被告}于本判决生效之日起十日内支付{原告}物业费{尚欠物业费}\n驳回{原告}的其他诉讼请求",
  costs: "案件受理费{案件受理费}，由{被告}负担",
};

/** The case of this owner, as the page of the set has it. */
const of = (set, owner) => set.members.find(({ title }) => title.includes(owner));
const code = ({ outcome }) => outcome?.code ?? outcome?.outcome;

/** Applies the common draft, and waits until each case has its result. */
async function applies(judge, at) {
  await judge.go(at);
  await judge.act("/application");
  await eventually("each case has its result", async () => !(await judge.ask(at)).json.under_way);
  await judge.go(at);
  return (await judge.ask(at)).json;
}

/** The only draft of a case. */
async function drafted(judge, { case: id }) {
  const { drafts } = (await judge.ask(`/cases/${id}/documents`)).json;
  must(drafts.length === 1, `the case has ${drafts.length} drafts`);
  return { ...drafts[0], at: `/cases/${id}/documents/${drafts[0].id}` };
}

async function links(judge) {
  await judge.go("/series");
  await looksRight(judge, "cases that are alike");
  const form = judge.form("/series", silent);
  const boxes = form.locator('input[name="case"]');
  must((await boxes.count()) === 4 && (await boxes.evaluateAll((all) => all.every((box) => box.checked))), "not all four cases are offered");
  must((await judge.press(form, { name: " " })) === 422, "a set needs no name");
  await looksRight(judge, "a set without a name");
  await judge.go("/series");
  await judge.act(judge.form("/series", silent), { name });
  await looksRight(judge, "a set to which nothing was written yet");
  return new URL(judge.page.url()).pathname;
}

async function writes(judge, at) {
  await judge.act(judge.form(at), common);
  const set = (await judge.ask(at)).json;
  must(set.master === 1 && set.members.length === 4, "the common draft was not kept");
  must(of(set, "楼上住").orders[0].includes("物业费3436.80元"), `it is filled in as ${of(set, "楼上住").orders[0]}`);
  must(of(set, silent).missing.join() === "答辩意见", `of the owner who never answered ${of(set, silent).missing} is missing`);
  await looksRight(judge, "how the common draft stands in each");
}

async function isApplied(judge, at) {
  const set = await applies(judge, at);
  for (const member of set.members) {
    const [wanted, stands] = member.title.includes(silent) ? ["series.Unfilled", "not_applied"] : ["done", "applied"];
    must(code(member) === wanted && member.stands.standing === stands, `${member.title}: ${JSON.stringify(member.outcome)}`);
  }
  await looksRight(judge, "what became of each");
  for (const owner of ["楼上住", "楼下居", "灯不亮"]) {
    const { content } = await drafted(judge, of(set, owner));
    const words = [content.found_facts, ...content.orders, content.costs].join();
    must(content.orders[0].startsWith(owner) && !words.includes("{"), `the draft says ${words}`);
  }
  must((await judge.ask(`/cases/${of(set, silent).case}/documents`)).json.drafts.length === 0, "a draft with an empty place was written");
  await judge.follow("/help/problems/series.Unfilled");
  await looksRight(judge, "why a case falls out");
}

/** One is written in by hand, the common draft changes, and is applied again. */
async function isAppliedAgain(judge, at) {
  const before = (await judge.ask(at)).json;
  const own = await drafted(judge, of(before, "楼下居"));
  await judge.go(own.at);
  await judge.act(own.at, { orders: "楼下居于本判决生效之日起三十日内分期支付物业费" });
  await judge.go(at);
  await judge.act(judge.form(at), { reasoning: `${common.reasoning}对违约金酌情不予支持。` });
  const set = await applies(judge, at);
  must(code(of(set, "楼下居")) === "series.WrittenByHand" && of(set, "楼下居").stands.standing === "edited", "what was written by hand was written over");
  must((await drafted(judge, of(set, "楼下居"))).content.orders[0].includes("分期"), "what was written by hand is lost");
  const untouched = await drafted(judge, of(set, "楼上住"));
  must(untouched.version === 2 && untouched.content.reasoning.includes("违约金"), "the change did not reach the others");
  await judge.go(at);
  await judge.act(`/cases/${of(set, silent).case}/leaving`);
  must((await judge.ask(at)).json.members.length === 3, "the case was not taken out");
  const { case: id } = of(set, "楼下居");
  await judge.go(`/cases/${id}/documents`);
  await looksRight(judge, "a case that belongs to a set");
  await judge.act("/series/leaving");
  must(of((await judge.ask(at)).json, "楼下居").stands.standing === "gone", "the case was not taken out on its own page");
  return set;
}

async function isKeptInside(set, at) {
  for (const [reader, pages] of [
    ["楼上住", ["/home", `/cases/${of(set, "楼上住").case}`, `/cases/${of(set, "楼上住").case}/trace`]],
    ["代家园", ["/home", `/cases/${of(set, "楼上住").case}/trace`]],
  ]) {
    const party = await enter(reader);
    for (const path of [at, "/series"]) must((await party.ask(path)).status === 404, `${path} is open to ${reader}`);
    for (const page of pages) {
      const { status, json } = await party.ask(page);
      must(status === 200 && !/series|系列|套用/.test(JSON.stringify(json)), `${reader} reads of the set at ${page}`);
    }
    await party.leave();
  }
  const another = await enter("甄明理");
  must((await another.ask(at)).status === 404, "another judge sees the set");
  await another.leave();
}

export async function story() {
  const judge = await enter("衡平之");
  const at = await links(judge);
  await writes(judge, at);
  await isApplied(judge, at);
  const set = await isAppliedAgain(judge, at);
  const elsewhere = await enter("衡平之", { lang: "en", width: phone });
  for (const path of ["/series", at]) {
    await elsewhere.go(path);
    await looksRight(elsewhere, `${path} on a phone`);
  }
  await isKeptInside(set, at);
  for (const reader of [judge, elsewhere]) await reader.leave();
}
