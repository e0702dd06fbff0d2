// Courts for the stories: one is loaded once; every court that opens begins from a copy of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const binary = process.env.XIEZHI_BINARY;
const folder = await mkdtemp(join(tmpdir(), "xiezhi-stories-"));
const opened = new Set();
let loaded;

/** Runs the program; what it says goes to a file. */
async function start(log, ...words) {
  const said = await open(log, "a");
  const program = spawn(binary, ["demo", "--no-open", ...words], { stdio: ["ignore", said.fd, said.fd] });
  program.once("exit", () => said.close());
  return program;
}

/** Loads the demonstration, the first time. */
function load() {
  loaded ??= (async () => {
    const log = join(folder, "load.log");
    const program = await start(log, "--data", join(folder, "fresh/court"), "--load-only");
    const [status] = await once(program, "exit");
    if (status !== 0) throw new Error(`the demonstration did not load\n${await tail(log)}`);
  })();
  return loaded;
}

async function tail(log) {
  return (await readFile(log, "utf8")).split("\n").slice(-20).join("\n");
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

/** Opens a court of its own: its address, and how to close it. */
export async function openCourt(name) {
  await load();
  const place = join(folder, name);
  const log = join(folder, `${name}.log`);
  await cp(join(folder, "fresh"), place, { recursive: true });
  const listen = `127.0.0.1:${await freePort()}`;
  const program = await start(log, "--data", join(place, "court"), "--listen", listen);
  const court = {
    address: `http://${listen}`,
    scans: join(place, "court", "scans"),
    async close() {
      opened.delete(court);
      const gone = program.exitCode === null && once(program, "exit");
      program.kill();
      await gone;
      await rm(place, { recursive: true, force: true });
    },
  };
  opened.add(court);
  for (let tries = 0; tries < 240; tries += 1) {
    if (program.exitCode !== null) break;
    if (await fetch(`${court.address}/health`).then((answer) => answer.ok, () => false)) return court;
    await new Promise((resume) => setTimeout(resume, 250));
  }
  throw new Error(`the court did not open\n${await tail(log)}`);
}

/** Closes whatever is open and forgets it. */
export async function closeCourts() {
  for (const court of opened) await court.close();
  await rm(folder, { recursive: true, force: true });
}
