// Pages under the mouse and under a finger: moved within a paper, onto another, and from the sorting desk to a case. The
// ticks and buttons of the same pages are told by the story of the intake.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { enter, must, scans } from "../court.mjs";
import { paper } from "../paper.mjs";
import { eventually, looksRight } from "../tale.mjs";

export const title = "a clerk drags pages between papers with the mouse, with a finger, and from the sorting desk to a case";

async function tried(office) {
  const cases = (await office.ask("/cases")).json.rows.filter((row) => ["pretrial", "trial"].includes(row.stage));
  for (const { case_id: id, number } of cases) {
    const clerk = (await office.ask(`/cases/${id}`)).json.tribunal?.find(({ seat }) => seat === "clerk")?.name;
    if (clerk) return { id, number, clerk };
  }
  throw new Error("no case of the demonstration is being tried");
}

async function scan(name, lines) {
  const hidden = join(scans, `.${name}`);
  await mkdir(hidden, { recursive: true });
  for (const [at, line] of lines.entries()) await writeFile(join(hidden, `${at}.pdf`), paper("页", line).buffer);
  await rename(hidden, join(scans, name));
}

const middle = async (page, selector) => {
  const box = await page.locator(selector).boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, left: box.x + 12 };
};

/** Drags with the mouse from the middle of one place to another. */
async function drag(page, from, to, where = "x") {
  await page.locator(to).scrollIntoViewIfNeeded();
  await page.locator(from).scrollIntoViewIfNeeded();
  const [one, other] = [await middle(page, from), await middle(page, to)];
  await page.mouse.move(one.x, one.y);
  await page.mouse.down();
  for (let n = 1; n <= 8; n += 1) await page.mouse.move(one.x + ((other[where] - one.x) * n) / 8, one.y + ((other.y - one.y) * n) / 8);
  await page.mouse.up();
}

export async function story() {
  const office = await enter("管审判");
  const { id, number, clerk: name } = await tried(office);
  const clerk = await enter(name);
  await scan("batch-drag", ["first page that is dragged", "second page that is dragged", "third page that is dragged", "fourth page"]);
  const batches = async () => (await clerk.ask("/scans")).json.batches;
  for (let tries = 0; !(await batches()).some((one) => one.name.includes("batch-drag")); tries += 1) {
    must(tries < 120, "the batch does not lie on the desk within a minute");
    await new Promise((resume) => setTimeout(resume, 500));
  }
  const batch = (await batches()).find((one) => one.name.includes("batch-drag"));

  // From the desk onto a case: the case is chosen and the pages are ticked; a title is written.
  await clerk.go(`/scans/${batch.id}`);
  await looksRight(clerk, "a batch beside the clerk's cases");
  const onto = `label:has(input[value="${number}"])`;
  must((await clerk.page.locator(onto).count()) === 1, "the clerk's case does not lie beside the pages");
  for (const page of [1, 2, 3]) await clerk.page.locator(`input[name="page"][value="${page}"]`).check();
  await drag(clerk.page, 'li:has(input[name="page"][value="2"]) svg', onto);
  must(await clerk.page.locator(`${onto} input`).isChecked(), "the case is not chosen");
  must((await clerk.page.locator('input[name="page"]:checked').count()) === 3, "the ticked pages do not go together");
  await clerk.page.keyboard.type("拖来的一份");
  await clerk.press("sort");
  await clerk.page.locator('input[name="page"]').first().check();
  await clerk.press("sort", { number, title: "拖来的另一份" });

  // In staging: before another page, and onto another paper.
  const staging = `/cases/${id}/staging`;
  const papers = async () => (await clerk.ask(staging)).json.papers;
  const find = async (title) => (await papers()).find((one) => one.title === title);
  await eventually("both lie in staging", async () => (await find("拖来的一份")) && (await find("拖来的另一份")));
  const [one, other] = [await find("拖来的一份"), await find("拖来的另一份")];
  must(one.pages.length === 3 && other.pages.length === 1, "the pages were not sorted as they were dragged");
  const order = async () => (await find("拖来的一份")).pages.map(({ file_sha256, page }) => `${file_sha256}/${page}`);
  const before = await order();
  await clerk.go(staging);
  const leaf = (paper, n) => `#paper-${paper.id} ol.leaflets:not(.aside) > li:nth-child(${n}) svg`;
  await Promise.all([clerk.page.waitForEvent("load"), drag(clerk.page, leaf(one, 3), leaf(one, 1), "left")]);
  const after = await order();
  must(after[0] === before[2] && after.length === 3, `the third page is not the first: ${after}`);
  must((await clerk.page.locator('input[name="page"]:checked').count()) === 0, "a drag ticked a page");
  await Promise.all([clerk.page.waitForEvent("load"), drag(clerk.page, leaf(one, 1), leaf(other, 1))]);
  must((await order()).length === 2 && (await find("拖来的另一份")).pages.length === 2, "the page did not go to the other paper");
  await looksRight(clerk, "staging after dragging");

  // A finger rests on a page, then carries it.
  const finger = await clerk.context.newCDPSession(clerk.page);
  await clerk.page.locator(leaf(one, 1)).scrollIntoViewIfNeeded();
  const [from, to] = [await middle(clerk.page, leaf(one, 2)), await middle(clerk.page, leaf(one, 1))];
  const touch = (type, at) => finger.send("Input.dispatchTouchEvent", { type, touchPoints: at ? [{ x: at.x, y: at.y }] : [] });
  await touch("touchStart", from);
  await clerk.page.waitForSelector(".ghost");
  const last = (await order())[1];
  for (let n = 1; n <= 5; n += 1) await touch("touchMove", { x: from.x + ((to.left - from.x) * n) / 5, y: from.y + ((to.y - from.y) * n) / 5 });
  await Promise.all([clerk.page.waitForEvent("load"), touch("touchEnd")]);
  must((await order())[0] === last, "a finger carried nothing");
  for (const reader of [office, clerk]) await reader.leave();
}
