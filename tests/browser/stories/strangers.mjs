// Whoever has no part in a case does not learn that it exists.
import { enter, must } from "../court.mjs";

export const title = "a stranger and an administrator find nothing at the address of a case";

export async function story() {
  const party = await enter("贾借出");
  await party.go("/home");
  const own = (await party.links()).map((path) => path.match(/^\/cases\/[0-9a-f-]{36}/)?.[0]).find(Boolean);
  must(own, "the party's own page leads to no case");
  const paths = ["", "/file", "/parties", "/evidence", "/fees"].map((below) => own + below);
  // Without this a page that is missing for everybody would pass for one that is hidden.
  for (const path of paths) must((await party.ask(path)).status === 200, `a party can't read its own ${path.replace(own, "/cases/…")}`);
  await party.leave();
  for (const name of ["薪未发", "律六方", "系统员", "安全员", "审计员"]) {
    const stranger = await enter(name);
    for (const path of paths) {
      const { status, json } = await stranger.ask(path);
      must(status === 404, `${name} gets ${status} at ${path.replace(own, "/cases/…")}`);
      must(!JSON.stringify(json).includes("贾借出"), `${name} reads a party's name in the refusal`);
    }
    await stranger.leave();
  }
  return `5 people, ${paths.length} addresses each`;
}
