// Papers at somebody's door: no signal there, a refusal, a photograph; the phone keeps it and sends it later.
import { enter, must, phone } from "../court.mjs";
import { looksRight } from "../tale.mjs";

export const title = "a service agent leaves papers at a door without signal; the clerk finds the picture and the receipt in the file";

/** It takes papers that another story sends on line. */
export const own = true;

export async function story() {
  const clerk = await enter("纪真");
  const { json } = await clerk.ask("/cases");
  const { case_id: id } = json.rows.find((row) => JSON.parse(row.reached).some(({ reach }) => reach === "waits"));
  await clerk.go(`/cases/${id}/services`);
  const to = (await clerk.ask(`/cases/${id}/services`)).json.waiting[0].to;
  await clerk.press("/services", { channel: "direct" });
  const sent = async () => (await clerk.ask(`/cases/${id}/services`)).json.attempts.find((it) => it.to === to && it.channel === "direct");

  const agent = await enter("送必达", { width: phone });
  const { page } = agent;
  await agent.go("/serve");
  await agent.follow(`/cases/${id}/services/${(await sent()).id}/outcome`);
  await looksRight(agent, "where an outcome is entered");
  await page.locator('input[name="how"][value="left"]').check();
  must(!(await page.locator('input[name="name"]').isVisible()), "who took papers in is asked where nobody did");
  await page.locator('#receipt input[name="reason"]').fill("住户拒绝签收");
  await page.locator('#receipt input[type="file"]').setInputFiles({ name: "door.png", mimeType: "image/png", buffer: await page.screenshot() });
  await agent.line(false);
  await page.locator('#receipt [type="submit"]').click();
  await page.locator("xz-outcome:has(#receipt) [data-says]", { hasText: "已存在本机" }).waitFor();
  must((await sent()).status.status === "dispatched", "it came through without a line");
  await agent.line(true);
  await page.locator("xz-outcome:has(#receipt) [data-says]", { hasText: "已经发出" }).waitFor();

  const kept = await sent();
  must(kept.status.status === "effected" && kept.receipt.how === "left", `it is ${JSON.stringify(kept.status)}`);
  must(kept.receipt.noted?.at, "the time of the device was not noted");
  must(kept.reckoning.rule === "left", "it does not count as left");
  const titles = JSON.stringify((await clerk.ask(`/cases/${id}/file`)).json);
  must(titles.includes("送达照片") && titles.includes("送达回证"), "the picture or the receipt is not in the file");
  await clerk.go(`/cases/${id}/services/${kept.id}`);
  await looksRight(clerk, "why it counts from that day");

  await neverArrived(clerk, json.rows);
  for (const reader of [clerk, agent]) await reader.leave();
}

/** Papers that went on line and that nobody opened turn out never to have arrived: they wait to be served again. Whoever came to a hearing had them. */
async function neverArrived(clerk, rows) {
  for (const { case_id: id } of rows.filter(({ stage }) => ["serving", "pretrial"].includes(stage))) {
    const attempts = async () => (await clerk.ask(`/cases/${id}/services`)).json.attempts;
    const sent = (await attempts()).find((it) => it.arrived_at && !it.opened_at && !it.signed_at);
    if (!sent || !(await clerk.ask(`/cases/${id}/services/${sent.id}`)).json.may_find) continue;
    await clerk.go(`/cases/${id}/services/${sent.id}`);
    await clerk.press("/finding", { arrived: "no", reason: "电话核实：号码已经停用" });
    const found = (await attempts()).find((it) => it.id === sent.id);
    must(found.status.status === "failed" && !found.arrived_at, `it is ${JSON.stringify(found.status)}`);
    await looksRight(clerk, "what was found not to have arrived");
    return;
  }
  must(false, "no case has papers that went on line and were not opened");
}
