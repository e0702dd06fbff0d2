// A tribunal reads a file together: one presents, others follow, page by page and paper by paper, and see where he points;
// no party, lawyer or head of the court hears anything of it, and the clerk nothing of what goes to the panel.
import { enter, must, phone } from "../court.mjs";
import { eventually } from "../tale.mjs";

export const title = "a judge presents a file to those who work on it, a follower is led from page to page, and nobody else hears of it";

/** Who is of the tribunal of which case is told by no other story. */
export const own = true;

/** Two papers of a case at deliberation, one of two pages or more. */
async function papers(judge) {
  const id = (await judge.ask("/cases")).json.rows.find((row) => row.stage === "deliberating")?.case_id;
  must(id, "no case stands at deliberation");
  const { main } = (await judge.ask(`/cases/${id}/file`)).json;
  const long = main.find((one) => one.pages >= 2 && !one.erased);
  const other = main.find((one) => one.pages >= 1 && one.id !== long?.id && !one.erased);
  must(long && other, "the file has no two papers with pages");
  return { id, long: `/cases/${id}/file/${long.id}`, other: `/cases/${id}/file/${other.id}` };
}

/** Everything that the event streams tell in this window from now on. */
const overhear = (reader) => reader.page.evaluate(() => {
  window.heard = [];
  const stream = new EventSource("/live");
  stream.onmessage = (event) => window.heard.push(event.data);
});
const heard = (reader) => reader.page.evaluate(() => window.heard.filter((one) => one.includes("together:")).length);

export async function story() {
  const judge = await enter("程公允");
  const clerk = await enter("纪实录", { lang: "en" });
  const member = await enter("甄明理");
  const { id, long, other } = await papers(judge);
  const outsiders = [];
  for (const name of ["代钢构", "代机电", "庭之长", "管审判"]) outsiders.push(await enter(name, { width: phone }));
  for (const outsider of outsiders) { await outsider.go("/notices"); await overhear(outsider); }

  // He begins; whoever reads the file hears of it at once.
  await clerk.go(other);
  await judge.go(long);
  await judge.page.locator("#present details > summary").click();
  await judge.page.locator('#present input[value="team"]').check({ force: true });
  await Promise.all([judge.page.waitForEvent("load"), judge.page.locator('#present form button[type="submit"]').click()]);
  must((await judge.page.locator("[data-presenting=team]").count()) === 1, "he does not present");
  const follow = clerk.page.locator("[data-presenter=team] a", { hasText: "Follow" });
  await follow.waitFor();
  await Promise.all([clerk.page.waitForURL((url) => url.pathname === long), follow.click()]);
  must((await clerk.page.locator("[data-presenter=team]").innerText()).includes("Stop following"), "she does not follow");
  for (const reader of [judge, clerk]) must((await reader.look()).length === 0, `${reader.name}: ${(await reader.look()).join("; ")}`);

  // He turns the page and points; she sees both.
  await clerk.page.waitForTimeout(300);
  await judge.page.keyboard.press("ArrowRight");
  await clerk.page.waitForSelector('figure.leaf[data-page="2"]');
  await judge.page.waitForSelector('figure.leaf[data-page="2"]');
  const box = await judge.page.locator('figure.leaf[data-page="2"] svg.page').boundingBox();
  for (let n = 1; n <= 4; n += 1) await judge.page.mouse.move(box.x + (box.width * n) / 10, box.y + 60 + n * 20);
  await clerk.page.waitForSelector("circle.pointer");
  await eventually("the pointer is where he points", async () => {
    const at = Number(await clerk.page.locator("circle.pointer").getAttribute("cx").catch(() => 0));
    return Math.abs(at - 400) < 15;
  });
  // By keys, too.
  await judge.page.keyboard.press("x");
  await judge.page.keyboard.press("ArrowRight");
  await eventually("the pointer is where the keys put it", async () => {
    const at = Number(await clerk.page.locator("circle.pointer").getAttribute("cx").catch(() => 0));
    return Math.abs(at - 525) < 2;
  });
  await judge.page.keyboard.press("Escape");
  await clerk.page.waitForSelector("circle.pointer", { state: "detached" });

  // On to another paper, larger.
  await Promise.all([clerk.page.waitForURL((url) => url.pathname === other && url.searchParams.get("follow") === "team"), judge.go(other)]);
  await judge.page.locator(".look-menu > summary").click();
  await Promise.all([judge.page.waitForEvent("load"), judge.page.locator('.look-menu button[name="zoom"][value="150"]').click()]);
  await clerk.page.waitForSelector("figure.leaf.zoom-150");

  // Without scripts one finds him by a page that says where he is.
  const plain = await enter("众和议", { scripts: false });
  await plain.go(`/cases/${id}/together`);
  await Promise.all([plain.page.waitForEvent("load"), plain.page.locator("[data-presenter=team] a").click()]);
  must(new URL(plain.page.url()).pathname === other, "without scripts the link leads elsewhere");
  await plain.leave();

  // To the panel alone: the clerk hears nothing of it, a member does.
  await member.go(long);
  await judge.page.locator("#present details > summary").click();
  await judge.page.locator('#present form[action$="/together"] button[type="submit"]').click();
  await member.page.locator("[data-presenter=panel]").waitFor();
  must(!JSON.stringify((await clerk.ask(`/cases/${id}/together`)).json).includes("panel"), "the clerk learns what goes to the panel");
  must((await clerk.ask(`/cases/${id}/together/live?circle=panel`)).status === 404, "the clerk may follow what goes to the panel");

  // He has done: the pointer and the presenter are gone.
  await judge.page.locator('[data-presenting="team"] button').click();
  await eventually("the clerk sees that it ended", async () => (await clerk.page.locator("[data-presenter=team]").count()) === 0);

  // Nobody else heard or hears of anything.
  for (const outsider of outsiders) {
    must((await heard(outsider)) === 0, `${outsider.name} is told that the court reads together`);
    for (const path of [`/cases/${id}/together`, `/cases/${id}/together/live?circle=team`, `/cases/${id}/together/live?circle=panel`]) {
      must((await outsider.ask(path)).status === 404, `${outsider.name} gets ${path}`);
    }
    for (const path of [long, `/cases/${id}/file`, `/cases/${id}/trace`, `/cases/${id}`]) {
      const told = JSON.stringify((await outsider.ask(path)).json);
      must(!told.includes('"together":{') && !told.includes("presenters"), `${outsider.name} learns who reads the file at ${path}`);
    }
    await outsider.leave();
  }
  for (const reader of [judge, clerk, member]) await reader.leave();
}
