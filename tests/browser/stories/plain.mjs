// An old phone that runs no scripts: an application is filed all the same.
import { Mouse } from "../hands.mjs";
import { phone } from "../court.mjs";
import { Tale } from "../tale.mjs";
import { files } from "./main.mjs";

export const title = "a party files without scripts, evidence and all";

export async function story() {
  const tale = new Tale({ hands: Mouse });
  tale.party = (name) => tale.as(name, { width: phone, scripts: false });
  await tale.tell([["a party files without scripts", files]]);
}
