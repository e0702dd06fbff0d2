// Someone reads a file: the list, the pages, the whole-file search; by script and without; and each page leaves a trace
// once it was on the screen, not before.
import { enter, must, phone } from "../court.mjs";
import { eventually } from "../tale.mjs";

export const title = "a judge reads a file page by page and finds words on the page; what is only fetched ahead is no look";

const read = async (reader, id, material) => (await reader.ask(`/cases/${id}/file`)).json.main.find((one) => one.id === material).read;

/** The sale that 代机电 is a party of, however far other stories took it, and a paper of two pages that is still unread. */
async function thick(reader) {
  const sale = (await reader.ask("/cases")).json.rows.find((row) => row.title.startsWith("烟台虚拟钢构"));
  must(sale, "the judge has no such sale");
  const file = (await reader.ask(`/cases/${sale.case_id}/file`)).json;
  const paper = file.main.find((one) => one.pages >= 2 && one.read === 0 && !one.erased);
  must(paper, "no unread paper has two pages");
  return { id: sale.case_id, file, paper };
}

export async function story() {
  const judge = await enter("程公允");
  const { id, file, paper } = await thick(judge);
  const at = `/cases/${id}/file/${paper.id}`;

  // The list is narrowed and grouped by addresses.
  const only = (await judge.ask(`/cases/${id}/file?kind=${paper.kind}&group=party`)).json;
  must(only.main.length > 0 && only.main.every((one) => one.kind === paper.kind), "the list is not narrowed to a kind");
  must(only.progress.papers === file.progress.papers, "what is left out is not counted");
  await judge.go(`/cases/${id}/file/place?no=${paper.number}`);
  must(judge.page.url().includes(paper.id), "a number of the catalogue leads elsewhere");

  // Turning a page in its place: prefetched is not read, shown is.
  await judge.go(at);
  await judge.page.waitForFunction(() => performance.getEntriesByType("resource").some((one) => one.name.includes("/leaves/2")));
  must((await read(judge, id, paper.id)) === 1, "a page that was fetched ahead counts as read");
  await judge.page.keyboard.press("ArrowRight");
  await judge.page.waitForSelector('figure.leaf[data-page="2"]');
  await eventually("the address follows the page", () => judge.page.url().includes("page=2"));
  await eventually("a page that was shown counts as read", async () => (await read(judge, id, paper.id)) === 2);

  // A page stays turned.
  await judge.page.locator('form[data-rotate] button').click();
  await judge.page.waitForSelector('figure.leaf[data-page="2"][data-turn="90"]');
  await judge.go(`${at}?page=2`);
  must((await judge.page.locator('figure.leaf[data-turn="90"]').count()) === 1, "a page forgets how it was turned");

  // Words are found in the paper and in the whole file, and stand on the page.
  const found = (await judge.ask(`/cases/${id}/file/search?q=原告`)).json;
  must(found.papers.length > 1 && found.papers.every((one) => one.hits.length > 0 || one.title.includes("原告")), "the whole file is not searched");
  await judge.go(`/cases/${id}/file/search?q=原告`);
  await Promise.all([judge.page.waitForEvent("load"), judge.page.locator("ol.hits a").first().click()]);
  must((await judge.page.locator("svg.page rect.hit.here").count()) >= 1, "the hit is not on the page");
  must((await judge.look()).length === 0, "the page with hits has faults");

  // A side finds words only in papers that it may see.
  const outsider = await enter("代机电", { width: phone });
  const seen = new Set((await outsider.ask(`/cases/${id}/file`)).json.main.map((one) => one.id));
  const theirs = (await outsider.ask(`/cases/${id}/file/search?q=原告`)).json;
  must(theirs.papers.every((one) => seen.has(one.id)), "a side finds words in a paper that it may not see");
  must(theirs.searched + theirs.without_text <= file.progress.papers, "a side learns of papers by their number");
  const secret = file.secondary?.[0] ?? file.main.find((one) => !seen.has(one.id));
  if (secret) must((await outsider.ask(`/cases/${id}/file/${secret.id}/leaves/1`)).status === 404, "a page of a hidden paper is shown");
  await outsider.go(`/cases/${id}/file/${[...seen][0]}`);
  const wrong = await outsider.look();
  must(wrong.length === 0, `a party's page: ${wrong.join("; ")}`);
  await outsider.leave();

  // All pages below each other; two beside each other.
  for (const pages of ["scroll", "two", "one"]) {
    await judge.go(at);
    await judge.page.locator(".look-menu > summary").click();
    await Promise.all([judge.page.waitForEvent("load"), judge.page.locator(`.look-menu button[name="pages"][value="${pages}"]`).click()]);
    const count = await judge.page.locator("figure.leaf").count();
    must(count === (pages === "scroll" ? paper.pages : Math.min(pages === "two" ? 2 : 1, paper.pages)), `${pages}: ${count} pages`);
    const faults = await judge.look();
    must(faults.length === 0, `${pages}: ${faults.join("; ")}`);
  }
  await judge.leave();
}
