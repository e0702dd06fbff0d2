// Someone who cannot go on line stands at the counter: a clerk finds the case, takes the papers, notes what became of the
// originals, prints the receipt; a film among them is played with its chapters and gets its picture.
import { base, enter, must } from "../court.mjs";
import { paper } from "../paper.mjs";
import { eventually, looksRight } from "../tale.mjs";

export const title = "a clerk takes papers and a film at the counter for a person, with a receipt; the film gets chapters and a picture";

/** A case that is being tried, with its clerk and judge, and a party of it who works on line. */
async function tried(office) {
  const cases = (await office.ask("/cases")).json.rows.filter((row) => ["pretrial", "trial"].includes(row.stage));
  for (const { case_id: id, number } of cases) {
    const seats = (await office.ask(`/cases/${id}`)).json.tribunal ?? [];
    const seat = (wanted) => seats.find((one) => one.seat === wanted)?.name;
    if (seat("clerk") && seat("judge")) return { id, number, clerk: seat("clerk"), judge: seat("judge") };
  }
  throw new Error("no case of the demonstration is being tried");
}

/** A film of three seconds, made by the browser itself; nothing where it cannot. */
const film = (reader) => reader.page.evaluate(async () => {
  const type = ["video/mp4;codecs=vp9", "video/mp4;codecs=av01.0.04M.08", "video/mp4"].find((one) => window.MediaRecorder?.isTypeSupported(one));
  if (!type) return null;
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: type });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  for (let n = 0; n < 75; n += 1) {
    pen.fillStyle = `hsl(${n * 4} 80% 50%)`;
    pen.fillRect(0, 0, 320, 180);
    await new Promise((resume) => setTimeout(resume, 40));
  }
  await new Promise((resume) => { recorder.onstop = resume; recorder.stop(); });
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
});

/** What was typed into a form that is refused stands in it again, until the clerk begins anew. */
async function comesBack(clerk, at) {
  const { page } = clerk;
  must((await clerk.press("/counter", { name0: "收条", purpose0: "已还两万元", original0: "returned" })) === 409, "papers were taken of nobody");
  must((await clerk.says()).includes("后退"), "nobody is told that what was filled in is still there");
  await clerk.follow(at);
  const name = page.locator('[name="name0"]');
  must((await name.inputValue()) === "收条" && (await page.locator('[name="original0"][value="returned"]').isChecked()), "what was typed is lost");
  await looksRight(clerk, "a form that was refused");
  await page.locator(".kept button").click();
  must((await name.inputValue()) === "", "nobody can begin anew");
  await clerk.go(at);
  must((await page.locator(".kept").count()) === 0, "what was cleared comes back");
}

export async function story() {
  const office = await enter("管审判");
  const { id, number, clerk: clerkName, judge: judgeName } = await tried(office);
  const filing = await enter("收立案");
  const clerk = await enter(clerkName);

  // The case is found by its number; the form takes several papers, with and without a scan.
  await filing.go("/counter");
  await looksRight(filing, "the counter");
  await Promise.all([filing.page.waitForEvent("load"), (async () => { const find = filing.page.locator('main form[action="/counter"]'); await filing.fill({ q: number }, find); await find.locator('button').click(); })()]);
  await filing.follow(`/cases/${id}/counter`);
  await looksRight(filing, "the form of the counter");
  await comesBack(filing, `/cases/${id}/counter`);
  const recorded = await film(filing);
  await filing.page.locator('[name="file0"]').setInputFiles(paper("receipt", "Receipt for 20000 yuan, in cash"));
  const second = recorded
    ? { name: "live.mp4", mimeType: "video/mp4", buffer: Buffer.from(recorded, "base64") }
    : paper("second", "A second paper");
  await filing.page.locator('[name="file1"]').setInputFiles(second);
  await clerk.go(`/cases/${id}/file`);
  await filing.act("/counter", {
    brought_by: "当事人之子", name0: "收条", copies0: "2", original0: "returned", purpose0: "已还两万元",
    name1: "现场录像", original1: "kept", kept_at1: "本院证物室3号柜", name2: "延期举证申请书", kind2: "request", pages2: "3",
  });
  // Whoever of the team has the case open sees at once that something came, and what they tick stays as it is.
  await clerk.page.waitForFunction(() => document.querySelector("#file-news")?.textContent.includes("收条"));
  await looksRight(filing, "what was taken");
  const { intakes } = (await filing.ask(`/cases/${id}/counter`)).json;
  must(intakes[0].items.length === 3 && intakes[0].taken_by === "收立案", "not everything was taken, or nobody knows by whom");
  const [receipt, live, later] = intakes[0].items;
  must(receipt.original.returned && receipt.copies === 2 && later.material === null, "what became of the papers is not on record");
  const printed = await filing.context.request.get(new URL(`/cases/${id}/counter/${intakes[0].id}/receipt`, base).href);
  must(printed.status() === 200 && printed.headers()["content-type"] === "application/pdf", "no receipt is printed");
  const file = (await clerk.ask(`/cases/${id}/staging`)).json.papers;
  must(file.some((one) => one.id === receipt.material), "the paper does not lie in staging");

  // A suit can be begun for a person; whoever is not at the counter finds nothing.
  await filing.go("/counter");
  await filing.follow("/filings/new");
  for (const name of ["代机电", "程公允", "管审判"]) {
    const other = await enter(name);
    must((await other.ask("/counter")).status === 404, `${name} stands at the counter`);
    await other.leave();
  }
  if (recorded) await played(clerk, judgeName, id, live.material);
  for (const reader of [office, filing, clerk]) await reader.leave();
}

/** The film is played in its place: chapters for the team, one for oneself alone, and a picture of it. */
async function played(clerk, judgeName, id, material) {
  const at = `/cases/${id}/file/${material}`;
  const judge = await enter(judgeName, { lang: "en" });
  must((await clerk.ask(`${at}/poster.jpg`)).status === 404, "there is a picture before anybody played it");
  await clerk.go(at);
  await looksRight(clerk, "a film");
  await clerk.page.locator("main").press(" ");
  await clerk.page.waitForFunction(() => document.querySelector("video").currentTime > 1.1);
  await eventually("the film has a picture", async () => (await clerk.ask(`${at}/poster.jpg`)).status === 200);
  must((await clerk.ask(`${at}/poster.jpg`)).type === "image/jpeg", "the picture is none");
  // Where the film stands is for the story to choose: on a busy machine it is longer, and may be over by now.
  await clerk.page.locator("video").evaluate((video) => { video.pause(); video.currentTime = 2.5; });
  await clerk.page.keyboard.press("m");
  await eventually("the moment is filled in", async () => (await clerk.page.locator('[name="at"]').inputValue()) === "0:02");
  const note = async (reader, words, audience, moment) => {
    const form = reader.page.locator("form[data-note-form]");
    if (!(await form.isVisible())) await reader.page.locator("details[data-write] > summary").click();
    await form.locator('[name="at"]').fill(moment);
    await form.locator('[name="words"]').fill(words);
    if (audience !== "own") await form.locator('[name="audience"]').selectOption(audience);
    await Promise.all([reader.page.waitForEvent("load"), form.locator("button[type=submit]").click()]);
  };
  await note(clerk, "开始交货", "team", "0:02");
  await judge.go(at);
  await note(judge, "只给自己：问驾驶员", "own", "0:01");
  const chapters = await judge.page.locator(".chapters li").allInnerTexts();
  must(chapters.length === 2 && chapters[0].includes("0:01") && chapters[1].includes("开始交货"), `the chapters are ${chapters}`);
  await judge.page.locator(".chapters a", { hasText: "开始交货" }).click();
  await judge.page.waitForFunction(() => Math.abs(document.querySelector("video").currentTime - 2) < 0.9);
  await looksRight(judge, "a film with chapters");
  await clerk.go(at);
  must((await clerk.page.locator(".chapters li").count()) === 1, "the clerk reads a chapter that the judge noted alone");
  must((await clerk.page.locator("video[poster]").count()) === 1, "the picture is not shown");
  // Whose film it is sees it, and none of the court's chapters.
  const { parties } = (await clerk.ask(`/cases/${id}/parties`)).json ?? {};
  for (const { name } of parties ?? []) {
    const party = await enter(name).catch(() => null);
    if (!party) continue;
    const told = JSON.stringify((await party.ask(at)).json ?? {});
    must(!told.includes("开始交货") && !told.includes("问驾驶员"), `${name} reads the court's chapters`);
    await party.leave();
  }
  await judge.leave();
}
