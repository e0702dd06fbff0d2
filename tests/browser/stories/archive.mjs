// A file that is not in order comes back from the archive with marks; put right, it is taken, lent, and returned.
import { enter, must, phone } from "../court.mjs";
import { looksRight } from "../tale.mjs";

export const title = "the archivist returns a file with marks, takes it when it is in order, and lends it";

export async function story() {
  const office = await enter("管审判");
  const id = (await office.ask("/cases")).json.rows.find((row) => row.stage === "effective")?.case_id;
  must(id, "no case has taken effect");
  const at = `/cases/${id}/archive`;
  const clerk = await enter((await office.ask(`/cases/${id}`)).json.tribunal.find(({ seat }) => seat === "clerk").name);
  const archivist = await enter("藏卷宗", { lang: "en" });

  await clerk.go(at);
  await looksRight(clerk, "what is missing");
  await clerk.press("/handing-over");
  await archivist.go("/archive");
  await looksRight(archivist, "the archivist's desk");
  await archivist.follow(at);
  must((await archivist.press("/return", { marks: "" })) >= 400, "a file came back without a word why");
  await archivist.go(at);
  await archivist.press("/return", { marks: "封面缺少归档日期\n证据目录页码不连续" });

  await clerk.go(at);
  must((await clerk.says()).includes("证据目录页码不连续"), "the clerk does not see the marks");
  await looksRight(clerk, "a file that came back");
  await clerk.press("/handing-over");
  await archivist.go(at);
  await archivist.press("/acceptance", { retention: "long" });
  const { archive_no: number, seal_sha256: seal } = (await archivist.ask(at)).json;
  must(number && seal?.length === 64, "the file is not sealed");
  await looksRight(archivist, "a sealed file");

  const borrower = (await archivist.ask(at)).json.borrowers.find(([, name]) => name === "衡平之")[0];
  await archivist.press("/loans", { to: borrower, purpose: "类案参考", days: "7" });
  const judge = await enter("衡平之", { width: phone });
  must((await judge.go(`/cases/${id}/file`)) === 200, "the borrower does not see the file");
  await archivist.press("/loan-end");
  must((await judge.go(`/cases/${id}/file`)) === 404, "the loan ended, and the file is still read");
  for (const reader of [office, clerk, archivist, judge]) await reader.leave();
}
