// Paper comes in: a clerk prints a cover sheet, a scanner lays a batch down behind it, its pages are put in order and
// enter the file; what came without a sheet is sorted by hand; a party photographs evidence with a telephone.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { base, enter, must, phone, scans } from "../court.mjs";
import { paper } from "../paper.mjs";
import { looksRight } from "../tale.mjs";

export const title = "a clerk splits a scanned batch by its cover sheets and takes it into the file; a party photographs evidence";

/** A case that is being tried, with its clerk, and a party who works on line. */
async function tried(office) {
  const cases = (await office.ask("/cases")).json.rows.filter((row) => ["pretrial", "trial"].includes(row.stage));
  for (const { case_id: id, number } of cases) {
    const told = (await office.ask(`/cases/${id}`)).json;
    const clerk = told.tribunal?.find(({ seat }) => seat === "clerk")?.name;
    if (clerk) return { id, number, clerk };
  }
  throw new Error("no case of the demonstration is being tried");
}

/** A scanner lays a batch down: it shows only once it is whole. */
async function scan(name, files) {
  const hidden = join(scans, `.${name}`);
  await mkdir(hidden, { recursive: true });
  for (const [at, bytes] of files.entries()) await writeFile(join(hidden, `${at}.pdf`), bytes);
  await rename(hidden, join(scans, name));
}

async function coverSheet(clerk, id, title) {
  const { command } = await clerk.page.evaluate(() => ({ command: document.querySelector('form[action$="/staging/sheet"] input[name="command"]').value }));
  const answer = await clerk.context.request.post(new URL(`/cases/${id}/staging/sheet`, base).href, { form: { command, title, kind: "evidence" }, headers: { Origin: new URL(base).origin } });
  must(answer.status() === 200 && answer.headers()["content-type"] === "application/pdf", `no cover sheet is printed (${answer.status()})`);
  return answer.body();
}

export async function story() {
  const office = await enter("管审判");
  const { id, number, clerk: name } = await tried(office);
  const clerk = await enter(name);
  const staging = `/cases/${id}/staging`;
  await clerk.go(staging);
  await looksRight(clerk, "staging before");
  const before = (await clerk.ask(staging)).json.papers.length;

  // Behind one sheet two pages and a blank back, behind the other one page; before both, a page of nobody's.
  const page = (line) => paper("页", line).buffer;
  const [one, two] = [await coverSheet(clerk, id, "借条原件扫描"), await coverSheet(clerk, id, "收条")];
  await scan("batch-1", [page("a letter that lay on the glass, without any sheet before it"), one, page("loan of 150000 yuan, first page of the note"), page(""), page("second page of the note, signed by both"), two, page("receipt for 20000 yuan, in cash")]);
  const papers = async () => (await clerk.ask(staging)).json.papers;
  for (let tries = 0; (await papers()).length < before + 2; tries += 1) {
    must(tries < 120, "the batch is not routed within a minute");
    await new Promise((resume) => setTimeout(resume, 500));
  }
  const note = (await papers()).find(({ title }) => title === "借条原件扫描");
  must(note.pages.length === 2 && note.aside.length === 1, `the note has ${note.pages.length} pages and ${note.aside.length} laid aside`);

  // What has no sheet waits on the desk, and is sorted by hand.
  const filing = await enter("收立案");
  await filing.go("/scans");
  await looksRight(filing, "the desk of scans");
  await filing.follow("/scans/");
  await looksRight(filing, "a batch on the desk");
  await filing.page.locator('input[name="page"][value="1"]').check();
  await filing.press("sort", { number, title: "来信" });
  must((await papers()).some(({ title }) => title === "来信"), "what was sorted by hand does not lie in staging");
  await filing.leave();

  // Pages are turned and moved by ticks and buttons; then everything enters the file in one act.
  await clerk.go(staging);
  await clerk.page.locator(`#paper-${note.id} input[name="page"]`).first().check();
  await Promise.all([clerk.page.waitForEvent("load"), clerk.page.locator('button[value="turn-90"]').click()]);
  const turned = (await papers()).find(({ id }) => id === note.id);
  must(turned.pages[0].turn === 90, "the page was not turned");
  await looksRight(clerk, "staging with a turned page");
  await clerk.press(clerk.page.locator("#enter form"));
  must((await papers()).length === 0, "something is left in staging");
  const entered = (await clerk.ask(`/cases/${id}/file`)).json.main.find(({ id }) => id === note.id);
  must(entered?.pages === 2, "the note did not enter the file with its two pages");
  await clerk.go(`/cases/${id}/file/${note.id}`);
  await looksRight(clerk, "the note in the file");
  await clerk.leave();
  await office.leave();

  await photographed();
}

/** A party at its telephone, at the evidence of a case in which it may still hand some in. */
async function whoMayHandIn() {
  for (const name of ["代机电", "贾借出", "贷出款"]) {
    const party = await enter(name, { width: phone });
    for (const { case_id: id } of (await party.ask("/home")).json?.cases ?? []) {
      await party.go(`/cases/${id}/evidence`);
      if (await party.page.locator("xz-upload").count()) return party;
    }
    await party.leave();
  }
  throw new Error("no party may hand evidence in");
}

/** A party photographs a paper: it is put straight in the browser, then sent. */
async function photographed() {
  const party = await whoMayHandIn();
  const photo = party.page.locator("xz-upload button.btn").first();
  await photo.evaluate((button) => { for (let node = button.closest("details"); node; node = node.parentElement.closest("details")) node.open = true; });
  const chosen = party.page.waitForEvent("filechooser");
  await photo.click();
  const picture = await party.page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 600, height: 400 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ddd"; pen.fillRect(0, 0, 600, 400);
    pen.fillStyle = "#222"; pen.fillRect(100, 80, 400, 30);
    return canvas.toDataURL("image/jpeg").split(",")[1];
  });
  await (await chosen).setFiles({ name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer: Buffer.from(picture, "base64") });
  const dialog = party.page.locator("dialog.straighten");
  await dialog.waitFor();
  await looksRight(party, "putting a photograph straight");
  await dialog.locator("button").first().click();
  const drawn = await dialog.locator("canvas").evaluate((canvas) => [canvas.width, canvas.height]);
  must(drawn[0] === 400 && drawn[1] === 600, `a turned photograph measures ${drawn.join(" × ")}`);
  await dialog.locator("button.primary").click();
  await party.page.locator('xz-upload input[type="hidden"][name="upload"]').first().waitFor({ state: "attached" });
  await party.leave();
}
