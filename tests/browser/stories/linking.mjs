// A defendant whose number the plaintiff did not know links the case by the code in the notice; a guess does not.
import { enter, must, phone } from "../court.mjs";

export const title = "a defendant links a case by the code in the notice, tells of consent, and sees what is new";

async function looks(reader, where) {
  const wrong = await reader.look();
  must(wrong.length === 0, `${where}: ${wrong.join("; ")}`);
}

/** The clerk of the case in which this party has no account yet, with its code. */
async function clerkOf(name) {
  for (const clerk of [await enter("纪真"), await enter("纪实录")]) {
    for (const row of (await clerk.ask("/cases")).json.rows) {
      const party = (await clerk.ask(`/cases/${row.case_id}/parties`)).json?.parties?.find((one) => one.name === name && one.unlinked);
      if (party) return { clerk, id: row.case_id, number: row.number, party };
    }
    await clerk.leave();
  }
  throw new Error(`nobody serves ${name}`);
}

export async function story() {
  const { clerk, id, number, party } = await clerkOf("银未归");
  const { code } = party.unlinked;
  must(/^\d{6}$/.test(code), "the clerk sees no code");
  await clerk.go(`/cases/${id}/parties`);
  await looks(clerk, "parties, one without an account");
  await clerk.go(`/cases/${id}/parties/${party.id}/slip`);
  must((await clerk.page.textContent("main")).includes(code), "the slip does not bear the code");
  await looks(clerk, "the slip");

  const defendant = await enter("银未归", { width: phone });
  must((await defendant.ask(`/cases/${id}`)).status === 404, "a namesake knows of the case before linking it");
  await defendant.go("/link");
  await looks(defendant, "linking");
  const wrong = code === "000000" ? "000001" : "000000";
  await defendant.fill({ number, code: wrong });
  await defendant.press("/link");
  must(new URL(defendant.page.url()).searchParams.has("failed"), "a guess is not refused");
  await looks(defendant, "a wrong code");
  must((await defendant.ask(`/cases/${id}`)).status === 404, "a guess opened the case");
  must((await clerk.ask(`/cases/${id}/parties`)).json.parties.find((one) => one.id === party.id).unlinked.tries === 1, "the wrong try is not counted");
  await defendant.fill({ number, code: "" });
  await defendant.press("/link");
  must((await defendant.ask(`/cases/${id}`)).status === 404, "the number alone opened the case to a namesake");

  await defendant.fill({ number, code });
  await defendant.press("/link");
  must(new URL(defendant.page.url()).pathname === `/cases/${id}/parties`, "the right code does not lead to the case");
  await looks(defendant, "linked: the party's own side");
  const own = (await defendant.ask(`/cases/${id}/parties`)).json.parties.find((one) => one.own);
  must(own?.linked && own.unlinked === null, "the party is not linked");

  await clerk.go("/notices");
  await looks(clerk, "what is new to the clerk");
  const news = (await clerk.ask("/notices")).json.cases.find((one) => one.case === id);
  must(news, "the clerk is not told of it");
  const before = (await clerk.ask("/notices")).json.cases.length;
  await clerk.page.locator(`form[action="/notices/read"]:has(input[value="${id}"]) button`).click();
  await clerk.page.waitForLoadState("load");
  must((await clerk.ask("/notices")).json.cases.length === before - 1, "what was read is still new");

  await clerk.go("/serve/labels");
  await looks(clerk, "labels");
  await clerk.leave();
  await defendant.go("/notices");
  await looks(defendant, "what is new to the party");
  await defendant.leave();
}
