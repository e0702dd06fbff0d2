// A clerk shares papers with an appraiser for a time; the appraiser reads them by a code, and then no more.
import { enter, must, phone } from "../court.mjs";
import { looksRight } from "../tale.mjs";

export const title = "an appraiser reads what was shared by a code, on a phone, and nothing once it is taken back";

/** Acts of sharing move a case that other stories read. */
export const own = true;

export async function story() {
  const clerk = await enter("纪真");
  const open = (await clerk.ask("/cases")).json.rows.filter((row) => !["archived", "submitted"].includes(row.stage));
  let id;
  for (const row of open) if (!id && (await clerk.ask(`/cases/${row.case_id}/shares`)).json.papers?.length) id = row.case_id;
  must(id, "no case of this clerk has papers to share");
  await clerk.go(`/cases/${id}/file`);
  await clerk.follow(`/cases/${id}/shares`);
  await looksRight(clerk, "the shares of a case");
  const { papers } = (await clerk.ask(`/cases/${id}/shares`)).json;
  const paper = papers.find((one) => one.pages > 0);
  const form = { name: "甄鉴定", organisation: "烟台某司法鉴定所", reach: "jianding@mail.example", purpose: "质量鉴定", until_on: await soon(clerk) };
  const ticked = () => clerk.page.locator("fieldset input[name=material]:checked").count();
  await clerk.page.fill("[name=purpose]", form.purpose);
  await clerk.page.click("a[data-tick=all]");
  must((await ticked()) === papers.length, "not every paper is ticked");
  must((await clerk.page.inputValue("[name=purpose]")) === form.purpose, "what was typed is gone");
  await clerk.page.click("a[data-tick=none]");
  must((await ticked()) === 0, "papers are still ticked");
  await clerk.go(`/cases/${id}/shares?all=true`);
  must((await ticked()) === papers.length, "without a script not every paper is ticked");
  await clerk.go(`/cases/${id}/shares`);
  await clerk.press("/shares", { ...form, material: [paper.id] });
  const told = async () => (await clerk.ask(`/cases/${id}/shares`)).json.shares[0];
  const share = await told();
  must(share?.standing === "open" && share.papers.length === 1, `the share is ${JSON.stringify(share)}`);
  await clerk.go(`/cases/${id}/shares`);
  await looksRight(clerk, "an open share");

  const guest = await enter(undefined, { width: phone });
  const at = `/shared/${id}/${share.id}`;
  await guest.go(at);
  await looksRight(guest, "the question for the code");
  must(!(await guest.page.textContent("main")).includes(paper.title), "a title is told without the code");
  const image = `${at}/${paper.id}/1.jpg?w=900`;
  must((await guest.go(image)) === 404, "a page is shown without the code");
  const gives = async (code) => {
    await guest.go(at);
    await guest.press(at, { code });
  };
  await gives("00000000");
  must(!(await guest.page.textContent("main")).includes(paper.title), "a wrong code opens it");
  await gives(share.code);
  must((await guest.page.textContent("main")).includes(paper.title), "the code does not open it");
  await looksRight(guest, "what was shared");
  await guest.follow(`${at}/${paper.id}`);
  const tops = (of) => of.page.locator("nav.line:has(+ img.shared-page) > *").evaluateAll((all) => all.map((one) => { const { top, height } = one.getBoundingClientRect(); return Math.round(top + height / 2); }));
  const shown = new URL(guest.page.url()).pathname;
  for (const lang of ["en", "zh"]) {
    await guest.context.addCookies([{ name: "lang", value: lang, url: guest.page.url() }]);
    await guest.go(shown);
    const lines = await tops(guest);
    must(lines.length === 3 && Math.max(...lines) - Math.min(...lines) <= 4, `the way from page to page wraps in ${lang}: ${lines}`);
  }
  await looksRight(guest, "a shared page");
  must(await guest.page.locator("img.shared-page").evaluate((img) => img.complete && img.naturalWidth > 0), "the page is not drawn");
  const { text } = (await guest.ask(`${at}/${paper.id}`)).json;
  must(text?.trim(), "whoever hears the page is told nothing");
  const words = text.replace(/\s/g, "").slice(0, 4);
  await guest.go(`${at}?q=${encodeURIComponent(words)}`);
  must((await guest.page.locator("ol.hits a").count()) > 0, `${words} is not found in what was shared`);
  await looksRight(guest, "words found in what was shared");
  for (const elsewhere of [`/cases/${id}/file/${paper.id}`, `/cases/${id}/file/${paper.id}/pages/1.jpg`, `/cases/${id}`]) {
    const { status } = await guest.ask(elsewhere);
    must(status === 401 || status === 404, `${elsewhere} answers a guest with ${status}`);
  }
  must((await told()).looks > 0, "the look was not traced");
  const { looks } = (await clerk.ask(`/cases/${id}/trace`)).json;
  must(looks.some((look) => look.who.includes("甄鉴定") && look.paper === paper.title), "the trace does not name the guest");

  await clerk.go(`/cases/${id}/shares`);
  await clerk.press("/revocation", { reason: "鉴定已经完成" });
  must((await told()).standing === "revoked", "it was not taken back");
  must((await guest.go(image)) === 404, "a page is shown after it was taken back");
  await guest.go(at);
  must(!(await guest.page.textContent("main")).includes(paper.title), "a title is told after it was taken back");
  for (const reader of [clerk, guest]) await reader.leave();
}

/** A week from the day of this court. */
async function soon(reader) {
  const { today } = (await reader.ask("/demonstration/calendar")).json;
  return new Date(Date.parse(today) + 7 * 86_400_000).toISOString().slice(0, 10);
}
