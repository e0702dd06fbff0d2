// A browser that runs no script shows every page and sends every form.
import { enter, must } from "../court.mjs";

export const title = "without scripts everyone reads the same pages, and forms work";

// One of each kind, and the pages of theirs to compare.
const readers = [
  ["贾借出", ["/home", "/tools/fee", "/help"]],
  ["律一方", ["/home"]],
  ["收立案", ["/workbench", "/review"]],
  ["甄明理", ["/workbench", "/cases", "/hearings"]],
  ["纪真", ["/workbench", "/serve"]],
  ["庭之长", ["/approvals", "/oversight"]],
  ["财清楚", ["/money"]],
  ["藏卷宗", ["/archive"]],
  ["系统员", ["/people"]],
  ["审计员", ["/record"]],
];

const headings = (reader) => reader.page.locator("h1, h2").allInnerTexts();

/** The first case a reader's list leads to, and its parts. */
async function parts(reader) {
  const own = (await reader.links()).map((path) => path.match(/^\/cases\/[0-9a-f-]{36}/)?.[0]).find(Boolean);
  if (!own) return [];
  await reader.go(own);
  return (await reader.links()).filter((path) => path.startsWith(own) && /^\/cases\/[0-9a-f-]{36}(\/[a-z-]+)?$/.test(path));
}

async function same(plain, rich, path) {
  const [status, known] = [await plain.go(path), await rich.go(path)];
  must(status === known && status === 200, `${plain.name} at ${path}: ${status} without scripts, ${known} with them`);
  const [bare, full] = [await headings(plain), await headings(rich)];
  must(JSON.stringify(bare) === JSON.stringify(full), `${plain.name} at ${path}: ${bare} without scripts, ${full} with them`);
}

/** Forms that change nothing of a case, sent by a browser without scripts. */
async function forms() {
  const passer = await enter(undefined, { scripts: false });
  await passer.go("/tools/fee");
  await passer.fill({ amount_yuan: "500000" });
  await Promise.all([passer.page.waitForURL(/amount_yuan=500000/), passer.page.locator('form[action="/tools/fee"] button').click()]);
  must((await passer.page.locator("main").innerText()).includes("8,800"), "the fee is not computed");
  await passer.page.locator('form[action="/look"] button[name="lang"][value="en"]').first().click();
  await passer.page.waitForSelector('html[lang="en"]', { state: "attached" });
  await passer.leave();

  const head = await enter("庭之长", { scripts: false });
  await head.go("/cases");
  const search = head.page.locator('form[role="search"] input[name="q"]').first();
  await search.fill("贾借出");
  await Promise.all([head.page.waitForURL(/\/cases\?.*q=/), search.press("Enter")]);
  must((await head.page.locator("table a.what").count()) > 0, "the search finds nothing");
  await head.leave();
}

export async function story() {
  let count = 0;
  for (const [name, paths] of readers) {
    const [plain, rich] = [await enter(name, { scripts: false }), await enter(name)];
    const all = [...paths];
    for (const path of paths.slice(0, 1)) {
      await rich.go(path);
      all.push(...(await parts(rich)));
    }
    for (const path of new Set(all)) await same(plain, rich, path);
    count += new Set(all).size;
    await plain.leave();
    await rich.leave();
  }
  await forms();
  return `${count} pages of ${readers.length} people`;
}
