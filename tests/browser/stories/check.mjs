// Whoever holds a paper of the court checks it on a phone, without an account; nothing of it leaves the phone.
import { readFileSync } from "node:fs";
import { enter, must, phone } from "../court.mjs";
import { looksRight } from "../tale.mjs";

export const title = "a party checks a served judgment by phone, and a changed byte is told";

const party = "贾借出";

/** What the page's own link gives, as a file to be chosen again. */
async function download(reader, ending, name) {
  const link = reader.page.locator(`a[href$="${ending}"]`).filter({ visible: true }).first();
  const [file] = await Promise.all([reader.page.waitForEvent("download"), reader.hands.press(link)]);
  must(file.suggestedFilename().endsWith(name), `${ending} is called ${file.suggestedFilename()}`);
  return { name: file.suggestedFilename(), mimeType: "application/octet-stream", buffer: readFileSync(await file.path()) };
}

/** The judgment in the party's own papers: the file, what keeps it, the proof, and where its code leads. */
async function judgment() {
  const reader = await enter(party, { width: phone });
  await reader.go("/home");
  const own = (await reader.links()).map((path) => path.match(/^\/cases\/[0-9a-f-]{36}/)?.[0]).find(Boolean);
  const { json } = await reader.ask(`${own}/file`);
  const { id } = json.main.find(({ title }) => title === "民事判决书");
  await reader.go(`${own}/file/${id}`);
  must(/见证人 2\/2|2.*2/.test(await reader.says()), "the paper does not say that it is witnessed");
  await looksRight(reader, "the paper with its proof");
  const paper = await download(reader, "/download", ".pdf");
  const kept = await download(reader, "/kept", ".zip");
  const proof = await download(reader, "/proof", ".pdf.tlog-proof");
  const code = await reader.page.locator('a[href^="/verify/"]').first().getAttribute("href");
  await reader.leave();
  return { paper, kept, proof, code };
}

const withOneByteChanged = ({ buffer, ...file }) => {
  const changed = Buffer.from(buffer);
  changed[Math.floor(changed.length / 2)] ^= 1;
  return { ...file, buffer: changed };
};

/** Chooses a file and waits until its fingerprint is there, or until it is told why there is none. */
async function choose(reader, file, told) {
  await reader.hands.upload(reader.page.locator('xz-check input[type="file"]'), file);
  await reader.page.locator("xz-check [data-state]", { hasText: told }).waitFor();
}

const ready = /指纹算好了|is ready/;

/** Checks a file at an address; tells what the page answers. What is sent holds a fingerprint, and never the file. */
async function checks(reader, file, at = "/verify") {
  await reader.go(at);
  await choose(reader, file, ready);
  const asked = reader.page.waitForRequest((request) => request.method() === "POST");
  const status = await reader.press(reader.form(at));
  must(status === 200, `${file.name} is answered with ${status}`);
  const sent = (await asked).postData() ?? "";
  must(sent.length < 2000 && sent.includes("sha256") && !sent.includes("%PDF"), `${sent.length} bytes were sent`);
  await looksRight(reader, `the answer to ${file.name}`);
  return reader.says();
}

async function byPhone({ paper, kept, proof, code }) {
  const passer = await enter(undefined, { width: phone });
  await passer.go("/verify");
  await looksRight(passer, "the check page");
  for (const file of [paper, kept]) {
    const said = await checks(passer, file);
    must(said.includes("是真的，一个字都没有改过"), `${file.name}: ${said}`);
    for (const told of ["民事判决书", "号。", "见证人", "最新一版", "证明不了"]) must(said.includes(told), `${told} in ${said}`);
    must(!said.includes(party), "a stranger reads a party's name");
  }
  must((await checks(passer, withOneByteChanged(paper))).includes("没有查到这份文书"), "a changed byte is not told");
  must((await checks(passer, paper, code)).includes("是真的"), "the code does not lead to its paper");
  must((await checks(passer, withOneByteChanged(paper), code)).includes("和法院的文书不一样"), "a changed byte is not told by the code");
  await passer.go("/verify");
  await choose(passer, proof, "这是证明");
  await passer.leave();
}

async function inEnglish({ paper }) {
  const reader = await enter(undefined, { width: phone, lang: "en" });
  const said = await checks(reader, paper);
  must(said.includes("It is genuine, not one character was changed") && said.includes("What this does not prove"), said);
  await reader.leave();
}

/** Without scripts the page says that the file is sent, and takes the proof, the code or the fingerprint instead. */
async function withoutScripts({ paper, proof, code }) {
  const plain = await enter(undefined, { width: phone, scripts: false });
  await plain.go("/verify");
  must((await plain.says()).includes("文件会发给法院比对"), "nobody is told that the file is sent");
  await plain.press(plain.form("/verify"), { file: paper });
  must((await plain.says()).includes("是真的"), "the file that was sent is not found");
  const known = [{ typed: code.split("/").pop() }, { file: proof }];
  for (const asked of known) {
    await plain.go("/verify");
    await plain.press(plain.form("/verify"), asked);
    const said = await plain.says();
    must(said.includes("民事判决书") && said.includes("比一比") && !said.includes("一个字都没有改过"), said);
  }
  must((await plain.says()).includes("证明是真的"), "the proof is not said to hold");
  await plain.go("/verify");
  await plain.press(plain.form("/verify"), { file: withOneByteChanged(proof) });
  must((await plain.says()).includes("这份证明对不上"), "a changed proof is not told");
  await plain.leave();
}

export async function story() {
  const held = await judgment();
  await byPhone(held);
  await inEnglish(held);
  await withoutScripts(held);
  return `${held.paper.buffer.length} bytes of paper, none of them sent`;
}
