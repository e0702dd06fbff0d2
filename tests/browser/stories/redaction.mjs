// A clerk makes a copy that hides something, with a mouse and without scripts; what is hidden is nowhere in the copy.
import { enter, must, phone } from "../court.mjs";
import { looksRight } from "../tale.mjs";

export const title = "a clerk hides a name and a box in a copy of the complaint, and the copy says nothing of either";

/** It puts a copy into a file that other stories read. */
export const own = true;

/** A case with a clerk, its complaint, and a plaintiff whose name stands in it. */
async function complaint(clerk) {
  const open = (await clerk.ask("/cases")).json.rows.filter((row) => !["archived", "submitted"].includes(row.stage));
  for (const { case_id: id } of open) {
    const { status, json } = await clerk.ask(`/cases/${id}/file`);
    const paper = status === 200 && json.main.find((one) => one.title.includes("起诉状") && one.pages > 0);
    const may = paper && (await clerk.ask(`/cases/${id}/file/${paper.id}/redaction`)).status === 200;
    if (may) return { id, at: `/cases/${id}/file/${paper.id}`, name: paper.from };
  }
  throw new Error("no case of this clerk has a complaint");
}

export async function story() {
  const clerk = await enter("纪真");
  const { id, at, name } = await complaint(clerk);
  const { page } = clerk;
  const told = async () => (await clerk.ask(`${at}/redaction`)).json;
  await clerk.go(at);
  await clerk.follow(`${at}/redaction`);
  await looksRight(clerk, "a copy before anything was added");
  const found = (await told()).found.length;

  // A box, drawn with the mouse: the fields of the form follow.
  const drawing = await page.locator("xz-blots svg.blotted").boundingBox();
  await page.mouse.move(drawing.x + drawing.width * 0.3, drawing.y + drawing.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(drawing.x + drawing.width * 0.6, drawing.y + drawing.height * 0.34, { steps: 4 });
  await page.mouse.up();
  must(Math.abs((await page.locator('form#box input[name="x"]').inputValue()) - 30) < 2, "the box does not reach the form");
  await clerk.press(page.locator("form#box"));
  must((await told()).boxes.length === 1, "the box was not kept");

  // The rest without scripts, on a phone.
  const bare = await enter("纪真", { scripts: false, width: phone });
  await bare.go(`${at}/redaction`);
  await bare.press(bare.page.locator('form:has(input[name="act"][value="word"])'), { word: name });
  const { words } = await told();
  must(words[0]?.written === name && words[0].places.length > 0, `${name} is not hidden: ${JSON.stringify(words)}`);
  const wrong = await bare.look({ axe: false });
  must(wrong.length === 0, `a copy with a word and a box, on a phone: ${wrong.join("; ")}`);
  await clerk.go(`${at}/redaction`);
  await looksRight(clerk, "a copy with a word and a box");
  const { count } = await told();
  must(count >= found + 2, `${count} places are hidden`);
  await bare.act(bare.page.locator('form:has(input[name="seen"])'));
  const copy = new URL(bare.page.url()).pathname;
  must(copy !== at, "the copy is not where one is led");

  const seen = (await clerk.ask(copy)).json;
  must(seen.derived.hidden.length === count && seen.derived.from === at.split("/").pop(), "the copy does not say what it is of");
  must(!seen.title.includes(name), "the title says what is hidden");
  const leaf = JSON.stringify((await clerk.ask(`${copy}/leaves/1`)).json.runs);
  must(!leaf.includes(name), "the text of the copy says what is hidden");
  must(JSON.stringify((await clerk.ask(`${at}/leaves/1`)).json.runs).includes(name), "the original was changed");
  const none = (await clerk.ask(`${copy}?q=${encodeURIComponent(name)}`)).json.hits;
  must(none.length === 0, "what is hidden can be found");
  await clerk.go(copy);
  await looksRight(clerk, "the copy in the reader");
  const act = (await clerk.ask(`/cases/${id}/trace`)).json.acts.find((one) => one.name === "material.redacted.v1");
  must(act && !`${act.title}${act.detail}`.includes(name), "the trace says what is hidden");
  for (const reader of [clerk, bare]) await reader.leave();
}
