// Three judges annotate one paper at the same time; one of them by keyboard alone; nobody outside hears of it.
import { enter, must, phone } from "../court.mjs";
import { Keyboard } from "../hands.mjs";

export const title = "three judges annotate one paper at the same time, one by keyboard alone, and no party hears of it";

const words = (page) => page.locator("article.margin-note .said").allInnerTexts();

/** A paper with text that both sides were shown, in the case that stands at deliberation. */
async function paper(judge) {
  const id = (await judge.ask("/cases")).json.rows.find((row) => row.stage === "deliberating")?.case_id;
  must(id, "no case stands at deliberation");
  const { main } = (await judge.ask(`/cases/${id}/file`)).json;
  const shown = main.find((one) => one.title.includes("起诉状"));
  must(shown, "the file has no complaint");
  return { id, at: `/cases/${id}/file/${shown.id}`, material: shown.id };
}

/** Writes a note in the form beside the page. */
async function note(reader, fields) {
  if (!(await reader.page.locator("details[data-write]").getAttribute("open").then((open) => open !== null))) {
    await reader.hands.press(reader.page.locator("details[data-write] > summary"));
  }
  const form = reader.page.locator("form[data-note-form]");
  await reader.fill(fields, form);
  await Promise.all([reader.page.waitForURL(/#n-/), reader.hands.press(form.locator("button[type=submit]"))]);
}

/** Chooses a line of the page by keys, and what is said of it. */
async function byKeys(judge, at) {
  await judge.go(at);
  const page = judge.page;
  await page.keyboard.press("t");
  for (const key of ["ArrowDown", "ArrowDown", "Shift+ArrowDown"]) await page.keyboard.press(key);
  must((await page.locator("svg.page .preview rect").count()) >= 1, "what is chosen by keys is not drawn");
  must((await page.locator("[data-said]").innerText()).length > 3, "what is chosen by keys is not said");
  await page.keyboard.press("Enter");
  const focus = await page.evaluate(() => document.activeElement?.getAttribute("name"));
  must(focus === "words", `after Enter the focus is on ${focus}`);
  await page.keyboard.type("按键批注：此处与合同第三条核对。");
  await page.keyboard.press("Tab");
  await page.keyboard.type("货款");
  const audience = page.locator('form[data-note-form] select[name="audience"]');
  if ((await audience.inputValue()) !== "panel") await judge.hands.set(audience, "panel");
  await Promise.all([page.waitForURL(/#n-/), (async () => { await page.keyboard.press("Tab"); await page.keyboard.press("Enter"); })()]);
  await page.keyboard.press("b");
  for (const key of ["ArrowRight", "ArrowDown", "Shift+ArrowRight", "Enter"]) await page.keyboard.press(key);
  must((await page.locator('form[data-note-form] input[name="areas"]').inputValue()).split(",").length === 4, "a box drawn by keys does not reach the form");
  must((await page.locator('form[data-note-form] input[name="shape"]:checked').inputValue()) === "box", "the box is no box");
  await page.keyboard.type("框内金额待核。");
  await Promise.all([page.waitForURL(/#n-/), (async () => { for (let n = 0; n < 3; n += 1) await page.keyboard.press("Tab"); await page.keyboard.press("Enter"); })()]);
}

export async function story() {
  const judge = await enter("程公允", { hands: Keyboard });
  const member = await enter("甄明理", { lang: "en" });
  const assessor = await enter("众和议", { width: phone });
  const clerk = await enter("纪实录");
  const { id, at } = await paper(judge);

  for (const reader of [member, assessor, clerk]) await reader.go(at);
  await Promise.all([
    byKeys(judge, at),
    note(member, { words: "请核对交货数量。", audience: "team" }),
    note(assessor, { words: "只给自己：问鉴定人。", audience: "own" }),
  ]);

  // What was shared reaches the open pages of the others by itself.
  await member.page.waitForFunction(() => document.querySelector("#notes-list")?.textContent?.includes("按键批注"));
  await clerk.page.waitForFunction(() => document.querySelector("#notes-list")?.textContent?.includes("请核对交货数量"));
  must(!(await words(clerk.page)).some((said) => said.includes("按键批注")), "the clerk reads a note of the panel");
  must(!(await words(member.page)).some((said) => said.includes("只给自己")), "a judge reads another's private note");
  must((await member.page.locator("svg.marks rect").count()) >= 1, "the mark of another is not drawn over the page");

  // Within the team one sees who else is in the file.
  must((await member.ask(at)).json.together.present.some((one) => one.name === "程公允"), "a member does not see that the presiding judge reads the file");

  // Another answers; the list of the whole file has both, and leads back to the page.
  await member.go(at);
  const theirs = member.page.locator("article.margin-note", { hasText: "按键批注" });
  await theirs.locator("summary", { hasText: /Reply/ }).click();
  await theirs.locator('textarea[name="words"]').fill("已核对，一致。");
  await Promise.all([member.page.waitForEvent("load"), theirs.locator('form[action$="/replies"] button').click()]);
  await judge.go(`/cases/${id}/annotations`);
  const all = await words(judge.page);
  must(all.length === 3, `the presiding judge reads ${all.length} notes, not 3: ${all}`);
  must((await judge.says()).includes("已核对，一致"), "the reply is not in the list");
  for (const reader of [judge, member, assessor, clerk]) {
    await reader.go(at);
    const wrong = await reader.look();
    must(wrong.length === 0, `${reader.name}: ${wrong.join("; ")}`);
  }

  // Without scripts the same form works: the words are looked for on the page.
  const plain = await enter("甄明理", { scripts: false });
  await plain.go(at);
  must((await plain.page.locator("svg.page image").count()) >= 1, "without scripts no page is shown");
  await plain.page.locator("details[data-write] > summary").click();
  await plain.fill({ quote: "原告", words: "不用脚本也能批注。", audience: "own" }, plain.page.locator("form[data-note-form]"));
  await Promise.all([plain.page.waitForURL(/#n-/), plain.page.locator("form[data-note-form] button[type=submit]").click()]);
  must((await plain.page.locator("svg.marks .of-own rect").count()) >= 1, "words that were copied are not marked on the page");
  await plain.leave();

  // No side, and nobody else of the court, learns that anything was noted.
  for (const name of ["代钢构", "代机电", "庭之长", "管审判"]) {
    const outsider = await enter(name);
    for (const path of [at, `/cases/${id}/annotations`, `/cases/${id}`, `/cases/${id}/trace`, `/cases/${id}/file`, `/cases/${id}/file/search?q=核对`]) {
      const { status, json } = await outsider.ask(path);
      must(status === 200 || status === 404, `${name} gets ${status} at ${path}`);
      const told = JSON.stringify(json);
      must(!json?.together, `${name} learns who reads the file`);
      for (const secret of ["按键批注", "请核对交货数量", "只给自己", "框内金额", "annotation.", "批注"]) must(!told.includes(secret), `${name} reads “${secret}” at ${path}`);
    }
    await outsider.leave();
  }
  for (const reader of [judge, member, assessor, clerk]) await reader.leave();
}
