// An auditor searches the traces and takes them along; a restricted case opens with a reason, which is on its log.
// What a president looked at without having anything to do with it is listed, and someone else says what came of it.
import { readFileSync } from "node:fs";
import { enter, must, people, phone } from "../court.mjs";
import { eventually, looksRight } from "../tale.mjs";

export const title = "an auditor searches acts and views, opens a restricted case with a reason, and an overseer examines unusual access";

/** Someone of the court on this post. */
async function on(post) {
  const found = (await people()).find((one) => one.post === post);
  must(found, `nobody is ${post}`);
  return found.name;
}

async function searches() {
  const auditor = await enter(await on("audit_admin"));
  await auditor.go("/record");
  await auditor.follow("/traces");
  await looksRight(auditor, "the search");
  const first = (await auditor.ask("/traces?of=acts")).json;
  must(first.traces.length > 0 && first.in_words === false, "an auditor finds nothing, or reads words");
  must(first.traces.every(({ words }) => words === ""), "an auditor reads what happened in a case");
  must(first.below !== null, "all the record is one page");
  const second = (await auditor.ask(`/traces?of=acts&below=${first.below}`)).json;
  must(second.traces[0].position < first.traces.at(-1).position, "the second page is not older than the first");
  await auditor.page.locator('.paging a[rel="next"]').click();
  await auditor.page.waitForURL((url) => url.searchParams.has("below"));
  await looksRight(auditor, "the second page");

  const [download] = await Promise.all([
    auditor.page.waitForEvent("download"),
    auditor.page.locator('a[href^="/traces.csv"]').click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  must(text.startsWith("\uFEFF") && text.trim().split("\r\n").length > 100, "the export is no list");
  const exports = (await auditor.ask("/traces?of=looks&kind=export")).json.traces;
  must(exports.some(({ who }) => who === auditor.name), "the export left no trace");
  return { auditor, rows: [...first.traces, ...second.traces] };
}

/** A restricted case among the acts, going back until there is one. */
async function restricted(auditor, rows) {
  let found = rows;
  let { below } = (await auditor.ask("/traces?of=acts")).json;
  while (!found.some(({ closed }) => closed) && below !== null) {
    const page = (await auditor.ask(`/traces?of=acts&below=${below}`)).json;
    [found, below] = [page.traces, page.below];
  }
  const closed = found.find((line) => line.closed);
  must(closed, "no case of the demonstration is restricted");
  must(closed.kind === null && closed.words === "", "a restricted case tells what happened before anyone said why");
  return closed.case;
}

async function opens(auditor, id) {
  await auditor.go(`/traces?of=acts&case=${id}`);
  must((await auditor.ask(`/traces?of=acts&case=${id}`)).json.closed === id, "a restricted case is open to anyone who asks");
  await looksRight(auditor, "why");
  must((await auditor.press("/traces/openings", { reason: "" })) === 422, "no reason is reason enough");
  await auditor.go(`/traces?of=acts&case=${id}`);
  await auditor.act("/traces/openings", { reason: "核查异常下载" });
  const { traces, closed } = (await auditor.ask(`/traces?of=acts&case=${id}`)).json;
  must(closed === null && traces.every(({ kind }) => kind), "the reason opened nothing");
  await looksRight(auditor, "a restricted case, open");
  const looks = (await auditor.ask(`/traces?of=looks&case=${id}&kind=trace`)).json.traces;
  must(looks.some(({ who }) => who === auditor.name), "the opening is not on the log of the case");
}

/** A leader who does not try it says why on the case's own page, and is led to what they asked for. */
async function isAskedWhy(id) {
  const president = await enter(await on("president"), { lang: "en", width: phone });
  must((await president.go(`/cases/${id}/file`)) === 403, "a restricted case is open to anyone who leads");
  must(!(await president.says()).includes("诉"), "the page that asks why tells of the parties");
  await looksRight(president, "why, on the page of the case");
  must((await president.press("/opening", { reason: " " })) === 422, "no reason is reason enough");
  await president.go(`/cases/${id}/file`);
  await president.act("/opening", { reason: "当事人来信反映" });
  must(new URL(president.page.url()).pathname === `/cases/${id}/file`, "the reason does not lead on");
  must((await president.ask(`/cases/${id}`)).status === 200, "a reason does not hold for the case");
  const office = await enter(await on("trial_management"));
  must((await office.ask(`/cases/${id}`)).status === 403, "another's reason is good enough");
  for (const reader of [president, office]) await reader.leave();
}

async function isListed() {
  const president = await enter(await on("president"));
  const cases = (await president.ask("/cases")).json.rows.slice(0, 5);
  for (const { case_id: id } of cases) await president.opens(`/cases/${id}`);
  const office = await enter(await on("trial_management"));
  const own = async () => (await office.ask("/oversight/unusual")).json.findings.filter(({ who }) => who === president.name);
  await eventually("the looks are counted", async () => (await own()).some(({ kind }) => kind === "strange_cases"));
  await office.go("/oversight");
  await office.follow("/oversight/unusual");
  await looksRight(office, "unusual access");
  const [{ person }] = await own();
  const of = (name, value) => office.page.locator(`input[name="${name}"][value="${value}"]`);
  const form = office.page.locator('form[action$="/examinations"]', { has: of("kind", "strange_cases") }).filter({ has: of("person", person) });
  await office.press(form, { note: "院长接待来访，逐案了解，正常" });
  must((await own()).some(({ examined }) => examined.length === 1), "the examination is not kept");
  await looksRight(office, "unusual access, examined");
  await office.widen(phone, 844);
  await looksRight(office, "unusual access, on a phone");

  await president.go("/oversight/unusual");
  must((await president.says()).includes("自己的由别人核查"), "a president may examine himself");
  const judge = await enter((await people()).find((one) => one.post === "judge").name);
  for (const path of ["/oversight/unusual", "/traces", "/traces.csv"]) must((await judge.ask(path)).status === 404, `a judge reads ${path}`);
  for (const reader of [president, office, judge]) await reader.leave();
}

export async function story() {
  const { auditor, rows } = await searches();
  const closed = await restricted(auditor, rows);
  await opens(auditor, closed);
  await isAskedWhy(closed);
  await auditor.leave();
  await isListed();
}
