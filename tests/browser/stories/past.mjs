// A judge looks at the case as it stood on the day of the hearing: what was in the file then, who was there, and
// nothing to act with; a party sees its own part of it, and nobody sees what is not theirs today.
import { enter, must, phone } from "../court.mjs";
import { looksRight } from "../tale.mjs";

export const title = "a judge looks at the case as it stood on the day of the hearing, and the page can only be read";

/** A case that was heard and judged, with its judge and a party of it. */
async function judged(office) {
  const cases = (await office.ask("/cases")).json.rows.filter((row) => ["appeal_period", "effective", "serving_final"].includes(row.stage));
  for (const { case_id: id } of cases) {
    const { status, json: told } = await office.ask(`/cases/${id}`);
    if (status !== 200) continue; // restricted: the office would have to say why
    const { hearings } = (await office.ask(`/cases/${id}/hearings`)).json;
    const heard = hearings.find((one) => one.status === "done");
    if (!heard) continue;
    const seat = (name) => told.tribunal.find(({ seat }) => seat === name)?.name;
    return { id, on: heard.on, judge: seat("judge"), parties: told.parties };
  }
  throw new Error("no case of the demonstration was heard and judged");
}

/** Nothing on the page changes anything: every form of it asks. */
async function onlyReads(reader) {
  const posts = await reader.page.locator('main form[method="post"]').count();
  must(posts === 0, `${posts} acts are offered in a past`);
}

export async function story() {
  const office = await enter("管审判");
  const { id, on, judge: name, parties } = await judged(office);
  const at = `/cases/${id}`;
  const judge = await enter(name);
  const now = (await judge.ask(`${at}/file`)).json;

  // From the case to the chooser, a day is typed, and the case stands there as it was.
  await judge.go(`${at}/trace`);
  await judge.follow(`${at}/past`);
  await looksRight(judge, "choosing a moment");
  await judge.fill({ on });
  await Promise.all([judge.page.waitForEvent("load"), judge.hands.press(judge.page.locator('form[action$="/past"] button').first())]);
  const banner = judge.page.locator(".note.is-past");
  must((await banner.innerText()).includes(`此页为 ${on}`), "the banner does not say of which moment the page is");
  await onlyReads(judge);
  await looksRight(judge, "the case on the day of the hearing");

  const asked = `${at}/past?on=${on}`;
  const { then, since } = (await judge.ask(asked)).json;
  must(since > 0, "nothing has happened since the hearing");
  must(then.main.length < now.main.length, "the file was as thick then as it is now");
  must(!then.main.some(({ place }) => /判决书/.test(place)), "the judgment was in the file before it was written");
  must(then.hearings.some((hearing) => hearing.on === on && hearing.status === "done"), "the hearing of that day is not there");
  for (const part of ["file", "parties", "hearings"]) {
    await judge.go(`${asked}&part=${part}`);
    await onlyReads(judge);
    await looksRight(judge, `the ${part} of then`);
  }

  // An act of the course leads there as well, and the way back is one click.
  await judge.go(at);
  await judge.follow(`${at}/past?at=`);
  must(await judge.page.locator(".note.is-past").count(), "an act of the course does not lead to its moment");
  await judge.page.locator(`.note.is-past a[href="${at}"]`).click();
  await judge.page.waitForURL((url) => url.pathname === at);
  must((await judge.page.locator(".note.is-past").count()) === 0, "the way back leads to the past");

  // That the judge looked back is on the trace.
  const { looks } = (await judge.ask(`${at}/trace`)).json;
  must(looks.some(({ back_at: back }) => back), "looking back left no trace");

  // A party sees its own part, on a phone, in its language; nothing of the court's inside.
  const party = await enter(parties[0].name, { width: phone, lang: "en" }).catch(() => undefined);
  if (party) {
    await party.go(`${asked}&part=file`);
    must(party.status === 200, `a party gets ${party.status}`);
    await onlyReads(party);
    await looksRight(party, "the papers of then, on a phone");
    const theirs = (await party.ask(asked)).json.then;
    must(theirs.secondary.length === 0 && theirs.tasks.length === 0, "a party looks into the court");
    must(theirs.parties.every(({ private: told }) => told === null), "a party reads numbers of then");
    must(theirs.hearings.every(({ transcript }) => transcript === ""), "a party reads a record that was not settled");
    const own = (await party.ask(`${at}/file`)).json;
    const known = new Set([...own.main, ...own.staged].map(({ id: paper }) => paper));
    must([...theirs.main, ...theirs.staged].every(({ id: paper }) => known.has(paper)), "a paper of then is not theirs today");
    await party.leave();
  }

  for (const name of ["审计员", "系统员", "薪未发"]) {
    const stranger = await enter(name);
    const { status, json } = await stranger.ask(asked);
    must(status === 404 && !JSON.stringify(json).includes(parties[0].name), `${name} gets ${status} for the past of a case`);
    await stranger.leave();
  }
  for (const reader of [office, judge]) await reader.leave();
  return `a case as it stood on ${on}, from 5 seats`;
}
