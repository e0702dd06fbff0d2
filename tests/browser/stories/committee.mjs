// A panel of two minds asks for the adjudication committee: the head reads, the president decides, the committee meets, and
// what more than half of it holds binds the panel. Its talk reaches nobody else.
import { enter, must, phone } from "../court.mjs";
import { looksRight } from "../tale.mjs";

export const title = "a case goes through head and president to the adjudication committee, whose decision binds, and no party hears what was said";

const decision = { decision: "同意合议庭多数意见。", reasons: "约定的标准没有过分高于损失。" };

const find = async (reader) => (await reader.ask("/cases")).json.rows.find((row) => row.title.startsWith("烟台虚设木业"))?.case_id;

/** From what waits for this person to the request, and an answer. */
async function says(reader, id, opinion) {
  await reader.go("/approvals");
  await reader.follow(`/cases/${id}/approvals`);
  await reader.act(reader.page.locator(`form[action^="/cases/${id}/approvals/"]`).first(), { opinion }, { as: "yes" });
}

async function isLaid(tale) {
  const { id, at, presiding, head, president } = tale;
  const stage = async () => (await presiding.ask(`/cases/${id}`)).json.stage;
  must((await presiding.ask(at)).json.asked, "the panel has not asked");
  must((await president.ask(at)).status === 404 || !(await president.ask(at)).json.may_open, "the committee meets on a case that nobody laid before it");
  await says(head, id, "确有分歧，建议提交");
  must((await stage()) === "drafting", "the head alone laid it before the committee");
  await says(president, id, "提交审判委员会讨论");
  must((await stage()) === "committee_pending", `the case stands at ${await stage()}`);
}

/** The president opens the session; the head speaks first, the president last. Two of three are a majority. */
async function meets({ at, head, vice, president }) {
  await president.go(at);
  await president.act("/session");
  must((await president.page.locator('form[action$="/opinion"]').count()) === 0, "whoever presides may speak first");
  for (const [member, position, reasons] of [
    [head, "for", "约定明确，应当尊重。"],
    [vice, "against", "标准偏高，应当调整。"],
    [president, "for", "同意多数意见，裁判标准应当统一。"],
  ]) {
    await member.go(at);
    if (member === vice) await looksRight(vice, "the turn of a member, on a phone");
    await member.act("/opinion", { position, reasons });
  }
  const { questions, may_decide: may } = (await president.ask(at)).json;
  must(questions[0].opinions.length === 3 && may, "everyone spoke, and nothing can be decided");
  must((await president.press("/decision", { ...decision, reasons: " " })) >= 400, "a decision needs no reasons");
  await president.go(at);
  await president.act("/decision", decision);
  for (const member of [head, vice, president]) {
    await member.go(at);
    await member.act("/signature");
  }
  await looksRight(president, "the minutes, signed");
  const { members } = (await president.ask(at)).json;
  must(members.length === 3 && members.every(([, signed]) => signed), "not everyone signed");
}

/** The panel does not deliberate again; the judgment says who decided, and nothing of what was said. */
async function binds(tale) {
  const { id, at, presiding } = tale;
  await presiding.go(at);
  await looksRight(presiding, "the decision, as the panel reads it");
  must((await presiding.says()).includes(decision.decision), "the panel does not read what was decided");
  must((await presiding.ask(`/cases/${id}`)).json.stage === "drafting", "the panel may not write yet");
  await presiding.go(`/cases/${id}/documents`);
  await presiding.act("/documents");
  const draft = new URL(presiding.page.url()).pathname;
  await presiding.act(draft, {
    found_facts: "双方于2025年签订买卖合同，原告已交货，被告尚欠货款。",
    reasoning: "依法成立的合同受法律保护，被告应当按约付款；约定的标准没有过分高于损失。",
    legal_basis: "《中华人民共和国民法典》第六百二十六条",
    orders: "被告于本判决生效之日起十日内支付原告货款",
    costs: "案件受理费由被告负担。",
  });
  const written = JSON.stringify((await presiding.ask(draft)).json.drafts[0].preview);
  must(written.includes("审判委员会讨论决定"), "the judgment does not say who decided");
  for (const said of ["标准偏高", "裁判标准应当统一", "傅院长"]) must(!written.includes(said), `the judgment tells of what was said: ${said}`);
  await presiding.act("/putting-forward");
  tale.draft = draft;
}

async function isKeptInside({ id, at, draft, presiding }) {
  const { main, secondary } = (await presiding.ask(`/cases/${id}/file`)).json;
  const minutes = secondary.find(({ kind }) => kind === "committee_record");
  must(minutes && main.every(({ kind }) => kind !== "committee_record"), "the minutes are not in the secondary volume");
  for (const name of ["代木业", "代家具"]) {
    const party = await enter(name, { width: phone });
    const hidden = [at, draft, `/cases/${id}/deliberation`, `/cases/${id}/file/${minutes.id}`, `/cases/${id}/file/${minutes.id}/download`, `/cases/${id}/file/${minutes.id}/copy.pdf`];
    for (const path of hidden) must((await party.ask(path)).status === 404, `${path} is open to ${name}`);
    for (const path of ["/home", `/cases/${id}`, `/cases/${id}/trace`, `/cases/${id}/file`, `/cases/${id}/approvals`, `/cases/${id}/file/search?q=审判委员会`]) {
      const { status, json } = await party.ask(path);
      must(status === 404 || !/committee|审判委员会讨论|提交审判委员会|标准偏高/.test(JSON.stringify(json)), `${name} reads of the committee at ${path}`);
    }
    await party.leave();
  }
  const stranger = await enter("和为贵");
  must((await stranger.ask(at)).status === 404, "a judge who does not sit reads the talk of the committee");
  await stranger.leave();
}

export async function story() {
  const presiding = await enter("程公允");
  const id = await find(presiding);
  must(id, "no case is to go before the committee");
  const [head, vice] = [await enter("庭之长"), await enter("傅院长", { lang: "en", width: phone })];
  const tale = { id, at: `/cases/${id}/committee`, presiding, head, vice, president: await enter("袁长正") };
  await isLaid(tale);
  await meets(tale);
  await binds(tale);
  await isKeptInside(tale);
  for (const reader of [presiding, head, vice, tale.president]) await reader.leave();
}
