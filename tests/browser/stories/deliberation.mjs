// The panel deliberates: the assessor first, the presiding judge last, and nobody outside hears of it.
import { enter, must, phone } from "../court.mjs";

export const title = "a panel deliberates in the order of the law, concludes and signs, unseen by the parties";

const speaks = async (reader, at) => {
  await reader.go(at);
  await reader.page.locator('input[name="position"][value="for"]').first().check();
  await reader.fill({ reasons: "同意承办人的意见，理由充分。" });
  await reader.press("/opinion");
};

/** The panel of the demonstration's case that stands at deliberation, and that case. */
export async function panel() {
  const presiding = await enter("程公允");
  const id = (await presiding.ask("/cases")).json.rows.find((row) => row.stage === "deliberating")?.case_id;
  must(id, "no case stands at deliberation");
  return { id, presiding, assessor: await enter("众和议", { width: phone }), member: await enter("甄明理", { lang: "en" }) };
}

/** The three speak, conclude and sign. */
export async function deliberate({ id, presiding, assessor, member }) {
  const at = `/cases/${id}/deliberation`;
  const questions = (await presiding.ask(at)).json.questions.length;
  must(questions > 0, "no question was put");

  await presiding.go(at);
  must((await presiding.page.locator('form[action$="/opinion"]').count()) === 0, "the presiding judge may speak first");
  for (const reader of [assessor, member, presiding]) {
    for (let n = 0; n < questions; n += 1) await speaks(reader, at);
    const wrong = await reader.look();
    must(wrong.length === 0, wrong.join("; "));
  }
  await presiding.fill({ conclusion: "合议庭一致同意承办人的意见。" });
  await presiding.press("/conclusion");
  for (const reader of [assessor, member, presiding]) {
    await reader.go(at);
    await reader.press("/signature");
  }
  const { members } = (await presiding.ask(at)).json;
  must(members.length === 3 && members.every(([, signed]) => signed), "not everyone signed");
}

export async function story() {
  const seats = await panel();
  await deliberate(seats);
  const { id } = seats;
  const at = `/cases/${id}/deliberation`;
  for (const name of ["代钢构", "代机电"]) {
    const outsider = await enter(name);
    const { status, json } = await outsider.ask(at);
    must(status === 404 && !JSON.stringify(json).includes("众和议"), `${name} hears of the deliberation`);
    for (const page of ["/home", `/cases/${id}`, `/cases/${id}/trace`]) {
      const answer = await outsider.ask(page);
      must(answer.status === 200, `${name} can't read ${page}`);
      must(!/评议|deliberati|drafting/.test(JSON.stringify(answer.json)), `${name} reads of the deliberation at ${page}`);
    }
    await outsider.leave();
  }
  for (const reader of [seats.assessor, seats.member, seats.presiding]) await reader.leave();
}
