// After the deliberation: the assistant drafts, the presiding judge puts forward, all three sign, the clerk signs and seals.
import { enter, must } from "../court.mjs";
import { looksRight } from "../tale.mjs";
import { deliberate, panel } from "./deliberation.mjs";

export const title = "an assistant drafts the panel's judgment, judges and assessor sign it, the clerk signs and seals it";

/** The deliberation is told by another story too: here it happens in another court. */
export const own = true;

export async function story() {
  const seats = await panel();
  await deliberate(seats);
  const { id, presiding, assessor, member } = seats;
  const seat = async (wanted) => (await presiding.ask(`/cases/${id}`)).json.tribunal.find((one) => one.seat === wanted).name;
  const [assistant, clerk] = [await enter(await seat("assistant")), await enter(await seat("clerk"))];

  await assistant.go(`/cases/${id}/documents`);
  await assistant.press("/documents");
  const at = new URL(assistant.page.url()).pathname;
  await assistant.press(at, {
    found_facts: "双方于2025年签订买卖合同，原告已交货，被告尚欠货款。",
    reasoning: "依法成立的合同受法律保护，被告应当按约付款。",
    legal_basis: "《中华人民共和国民法典》第六百二十六条",
    orders: "被告于本判决生效之日起十日内支付原告货款",
    costs: "案件受理费由被告负担。",
  });
  await looksRight(assistant, "the assistant's draft");
  await assistant.go(`/cases/${id}/beside`);
  await looksRight(assistant, "a paper beside the draft");
  const writing = assistant.page.frameLocator(".beside-halves iframe >> nth=1");
  await writing.locator('[name="reasoning"]').waitFor();
  must((await writing.locator("nav.rail").count()) === 0, "the half of a page has the frame of a whole one");
  must((await assistant.page.locator('form[action$="/putting-forward"]').count()) === 0, "an assistant may put a draft forward");
  await presiding.go(at);
  await presiding.press("/putting-forward");
  for (const reader of [assessor, member, presiding, clerk]) {
    await reader.go(at);
    await reader.press("/signature");
    await looksRight(reader, `signed by ${reader.name}`);
  }
  await clerk.go(at);
  await clerk.press("/issue");
  await looksRight(clerk, "sealed by the clerk");
  await presiding.go(at);
  await presiding.press("/pronouncement", { record: "到庭：原告、被告。已告知上诉权利、期限和法院。", confirmed: true });
  must((await presiding.ask(`/cases/${id}`)).json.stage === "serving_final", "the judgment was not pronounced");
  for (const reader of [assistant, clerk, presiding, assessor, member]) await reader.leave();
}
