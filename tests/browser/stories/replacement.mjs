// A paper in the file is replaced only by approval: asked for, refused with a reason, asked for again, approved by the judge
// and the head; then both versions stand beside each other, and nobody lost either.
import { base, enter, must } from "../court.mjs";
import { paper } from "../paper.mjs";
import { looksRight } from "../tale.mjs";

export const title = "a replacement is asked for, refused, asked again, approved, and both versions are compared";

async function tried(office) {
  const cases = (await office.ask("/cases")).json.rows.filter((row) => ["pretrial", "trial"].includes(row.stage));
  for (const { case_id: id } of cases) {
    const seats = (await office.ask(`/cases/${id}`)).json.tribunal ?? [];
    const seat = (wanted) => seats.find((one) => one.seat === wanted)?.name;
    if (seat("clerk") && seat("judge")) return { id, clerk: seat("clerk"), judge: seat("judge") };
  }
  throw new Error("no case of the demonstration is being tried");
}

export async function story() {
  const office = await enter("管审判");
  const { id, clerk: clerkName, judge: judgeName } = await tried(office);
  const [clerk, judge, head] = [await enter(clerkName), await enter(judgeName), await enter("庭之长")];
  const old = (await clerk.ask(`/cases/${id}/file`)).json.main.find((one) => one.from && one.pages >= 1 && !one.erased && !one.struck && one.replaced === 0);
  must(old, "no paper of a party lies in the file");
  const at = `/cases/${id}/file/${old.id}`;

  // The better scan comes in at the counter.
  await clerk.go(`/cases/${id}/counter`);
  await clerk.page.locator('[name="file0"]').setInputFiles(paper("better", "The same paper, scanned again and readable"));
  await clerk.act("/counter", { brought_by: "本人", name0: "重新扫描件", kind0: "other" });
  const better = (await clerk.ask(`/cases/${id}/staging`)).json.papers.find((one) => one.title === "重新扫描件");
  must(better, "the better scan does not lie in staging");

  const asks = async (reason) => {
    await clerk.go(`/cases/${id}/approvals`);
    const form = clerk.page.locator(`form[action="/cases/${id}/approvals"]:has(input[name="matter"][value="replace_material"])`);
    await clerk.press(form, { material: old.id, replacement: better.id, reason });
  };
  const says = async (reader, answer, opinion) => {
    await reader.go(`/cases/${id}/approvals`);
    await reader.press(reader.page.locator(`form[action^="/cases/${id}/approvals/"]`).first(), { opinion }, { as: answer });
    await looksRight(reader, `after the word of ${reader.name}`);
  };
  const newest = async () => (await clerk.ask(`/cases/${id}/approvals`)).json.requests.find(({ matter }) => matter.matter === "replace_material");
  const replaced = async () => (await clerk.ask(`/cases/${id}/file`)).json.main.find((one) => one.id === old.id).replaced;

  await asks("原扫描件模糊。");
  await says(judge, "no", "没有说明与原件核对的情况");
  must((await newest()).status === "refused" && (await replaced()) === 0, "a refused replacement was made");
  must((await clerk.ask(`${at}/versions`)).status === 404, "versions are compared where there is one");
  await asks("原扫描件模糊；重新扫描件已与原件核对一致。");
  await says(judge, "yes", "同意");
  must((await replaced()) === 0, "the judge alone replaced it");
  await says(head, "yes", "同意替换");
  must((await replaced()) === 1, "the approved replacement was not made");

  // Both versions, side by side, for whoever may see the paper.
  await clerk.go(at);
  await clerk.follow(`${at}/versions`);
  await looksRight(clerk, "two versions");
  const { left, right, same_words: same } = (await judge.ask(`${at}/versions`)).json;
  must(left.number === 1 && right.number === 2 && left.sha256 !== right.sha256 && same !== true, "the versions are not both there");
  for (const number of [1, 2]) {
    const image = await judge.context.request.get(new URL(`${at}/versions/${number}/1.jpg?w=900`, base).href);
    must(image.status() === 200 && image.headers()["content-type"] === "image/jpeg", `version ${number} cannot be read`);
  }
  must((await judge.ask(`${at}/versions/3/1.jpg`)).status === 404, "a version that is not there is shown");
  await judge.go(`${at}/versions?page=1`);
  await looksRight(judge, "two versions, for the judge");
  const stranger = await enter("代钢构");
  const strange = (await stranger.ask(`${at}/versions`)).status;
  must(strange === 404 || (await stranger.ask(at)).status === 200, "a stranger compares versions");
  for (const reader of [office, clerk, judge, head, stranger]) await reader.leave();
}
