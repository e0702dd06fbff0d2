// A file comes back from the archive with marks; handed over again, it is taken, sealed, lent, read at the counter, and
// taken out as a package that a person reads without us.
import { readFileSync } from "node:fs";
import { enter, must, phone } from "../court.mjs";
import { handsOver, looksRight } from "../tale.mjs";

export const title = "the archivist returns a file with marks, takes it once it is handed over again, lends it, takes the package out, and a slip in it is put right beside the seal";

const marks = "目录第3项扫描不清楚，请重新扫描后补入";

/** A closed case in force to which nothing is missing, with the clerk who keeps it. */
async function complete() {
  for (const name of ["纪真", "纪实录"]) {
    const clerk = await enter(name);
    const cases = (await clerk.ask("/cases")).json.rows.filter((row) => row.stage === "effective");
    for (const { case_id: id } of cases) {
      const { status, json: archive } = await clerk.ask(`/cases/${id}/archive`);
      if (status === 200 && archive.missing.length === 0) return { id, clerk };
    }
    await clerk.leave();
  }
  throw new Error("no file is complete");
}

/** The package as the link of the page gives it: names and bytes of a .zip whose files are stored as they are. */
async function takesOut(archivist, at) {
  const link = archivist.page.locator(`a[href="${at}/package.zip"]`);
  must(await link.count(), "the package is not offered");
  const [download] = await Promise.all([archivist.page.waitForEvent("download"), archivist.hands.press(link)]);
  return readFileSync(await download.path());
}

/** A slip is found in what is sealed: approved, marked, ruled upon, signed by judge and clerk, sealed, served; by pages alone. */
async function putRight(archivist, clerk, judgeName, id) {
  const judge = await enter(judgeName);
  const { drafts } = (await judge.ask(`/cases/${id}/documents`)).json;
  const of = `/cases/${id}/documents/${drafts.find((draft) => draft.issued).id}`;
  await judge.go(of);
  await judge.follow(`${of}/correction`);
  await judge.act("/approvals", { reason: "案由有笔误" });
  const head = await enter("庭之长");
  for (const reader of [head, archivist]) {
    await reader.go("/approvals");
    must((await reader.links()).some((link) => link.startsWith(`/cases/${id}/approvals`)), `the request does not wait for ${reader.name}`);
    await reader.opens(`/cases/${id}/approvals`, "审批归档后补正");
    await reader.go(`/cases/${id}/approvals`);
    await reader.act(reader.page.locator(`form[action^="/cases/${id}/approvals/"]`).first(), { opinion: "同意" }, { as: "yes" });
  }
  await judge.go(`${of}/correction`);
  await looksRight(judge, "slips of a sealed file may be marked");
  const row = (name) => judge.page.locator(`[name="${name}"]`).first();
  await row("part").selectOption("elsewhere");
  await row("wrong").fill("纠纷");
  await row("right").fill("合同纠纷");
  await judge.act("/correction");
  const ruling = new URL(judge.page.url()).pathname;
  await judge.act("/putting-forward");
  await judge.act("/signature");
  await clerk.go(ruling);
  await clerk.act("/signature");
  await clerk.act("/issue");
  await looksRight(clerk, "a ruling beside what is sealed");
  must((await handsOver(clerk.name, id, "民事裁定书（补正）")) > 1, "the ruling waits for nobody");
  must((await clerk.ask(`/cases/${id}`)).json.stage === "archived", "the file left the archive");
  await clerk.go(`/cases/${id}/services`);
  await looksRight(clerk, "the services of a sealed file");
  for (const reader of [judge, head]) await reader.leave();
}

/** The judge asks for the file himself, is refused and told why, asks again and reads it. */
async function borrowed(archivist, judge, id, until) {
  const { number } = (await archivist.ask(`/cases/${id}`)).json;
  const asks = async (purpose) => {
    await judge.go("/borrowings");
    return judge.press("/borrowings", { number, purpose, until_on: until });
  };
  const status = await asks("类案参考");
  must(status < 400, `asking to borrow answers ${status}: ${(await judge.says()).slice(0, 200)}`);
  await looksRight(judge, "a request to borrow that waits");
  await archivist.go("/archive");
  await looksRight(archivist, "the desk with a request");
  await archivist.go(`/cases/${id}/archive`);
  await looksRight(archivist, "a request to borrow, to be answered");
  await archivist.act("/borrowings/refusal", { reason: "请写明参考哪一点" });
  await judge.go("/borrowings");
  must((await judge.says()).includes("请写明参考哪一点"), "whoever is refused is not told why");
  await asks("类案参考：利息的起算");
  await archivist.go(`/cases/${id}/archive`);
  await archivist.act("/borrowings/grant");
  must((await judge.go(`/cases/${id}/file`)) === 200, "what was granted is not lent");
  await archivist.go(`/cases/${id}/archive`);
  await archivist.act("/loan-end");
}

export async function story() {
  const { id, clerk } = await complete();
  const inCharge = (await clerk.ask(`/cases/${id}`)).json.tribunal.find(({ seat }) => seat === "judge").name;
  const at = `/cases/${id}/archive`;
  const archivist = await enter("藏卷宗", { lang: "en" });

  await clerk.go(at);
  await looksRight(clerk, "a file that can be handed over");
  await clerk.press("/handing-over");
  await archivist.go("/archive");
  await looksRight(archivist, "the archivist's desk");
  await archivist.follow(at);
  must((await archivist.press("/return", { marks: "" })) >= 400, "a file came back without a word why");
  await archivist.go(at);
  await archivist.press("/return", { marks });

  await clerk.go(at);
  must((await clerk.says()).includes(marks), "the clerk does not see the marks");
  await looksRight(clerk, "a file that came back");
  await clerk.press("/handing-over");
  await archivist.go(at);
  await archivist.press("/acceptance", { retention: "long" });
  const { archive_no: number, seal_sha256: seal } = (await archivist.ask(at)).json;
  must(number && seal?.length === 64, "the file is not sealed");
  await archivist.go(at);
  await looksRight(archivist, "a sealed file");

  const packed = await takesOut(archivist, at);
  must(packed.subarray(0, 4).toString("latin1") === "PK\u0003\u0004", "the package is no .zip");
  for (const name of ["bagit.txt", "index.html", "data/events.jsonl", "seal.json", "tagmanifest-sha256.txt"]) {
    must(packed.includes(Buffer.from(`${number}/${name}`)), `${name} is not in the package`);
  }
  must((await clerk.ask(`${at}/package.zip`)).status >= 400, "the clerk takes the package out");

  await archivist.press("/visits", { name: "言必信", paper: "律师执业证、所函", purpose: "代理执行" });
  must((await archivist.ask(at)).json.kept.visits[0].purpose === "代理执行", "the reading is not registered");
  const borrower = (await archivist.ask(at)).json.borrowers.find(([, name]) => name === "衡平之")[0];
  await archivist.go(at);
  await archivist.press("/loans", { to: borrower, purpose: "类案参考", days: "7" });
  const judge = await enter("衡平之", { width: phone });
  must((await judge.go(`/cases/${id}/file`)) === 200, "the borrower does not see the file");
  const paper = (await judge.ask(`/cases/${id}/file`)).json.main[0].id;
  await judge.go(`/cases/${id}/file/${paper}`);
  await looksRight(judge, "a paper of a file that was lent");
  must((await judge.ask(`/cases/${id}/file/${paper}/download`)).status === 403, "what was only lent is downloaded");
  const until = (await archivist.ask(at)).json.loans[0].until_on;
  await archivist.go(at);
  await archivist.press("/loan-end");
  must((await judge.go(`/cases/${id}/file`)) === 404, "the loan ended, and the file is still read");
  await borrowed(archivist, judge, id, until);
  await putRight(archivist, clerk, inCharge, id);
  await archivist.go("/archive/destruction");
  await looksRight(archivist, "nothing to destroy");
  for (const reader of [clerk, archivist, judge]) await reader.leave();
}
