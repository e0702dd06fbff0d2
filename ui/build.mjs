// Bundles styles and islands into ui/dist: content-hashed names, manifest.json, and .gz/.br beside each file.
import { build } from "esbuild";
import { transform } from "lightningcss";
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const dist = join(root, "dist");
const chrome109 = 109 << 16;

const common = {
  bundle: true, write: false, minify: true, target: "chrome109", outdir: dist, publicPath: "/assets/",
  loader: { ".svg": "file" }, assetNames: "[name]-[hash]", logLevel: "warning", absWorkingDir: root, legalComments: "none",
};
const scripts = await build({
  ...common, format: "esm",
  entryPoints: ["src/app.ts", "src/islands/upload.ts", "src/islands/signature-pad.ts", "src/islands/transcript.ts", "src/islands/check.ts", "src/islands/reader.ts", "src/islands/outcome.ts", "src/islands/blots.ts", "src/islands/drag.ts", "src/islands/player.ts", "src/live-worker.ts"],
  entryNames: "[name]",
});
const styles = await build({ ...common, entryPoints: ["src/styles/app.css"], entryNames: "[name]" });
const marks = await build({ ...common, entryPoints: ["src/img/mark.svg"], entryNames: "[name]", assetNames: "[name]-[hash]" });

/** name people use → file name with its hash */
const manifest = {};
const files = new Map();

function hashed(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  return name.replace(/\.([a-z]+)$/, `-${hash}.$1`);
}

for (const { path, contents } of [...styles.outputFiles, ...scripts.outputFiles, ...marks.outputFiles]) {
  const base = path.slice(dist.length + 1);
  if (base.endsWith(".svg")) {
    manifest[base.replace(/-[A-Z0-9]+\.svg$/, ".svg")] = base;
    files.set(base, contents);
  } else if (base.endsWith(".css")) {
    const { code } = transform({ filename: base, code: contents, minify: true, targets: { chrome: chrome109 } });
    const name = hashed(base, code);
    manifest[base] = name;
    files.set(name, code);
  } else if (base !== "mark.js") {
    const name = hashed(base, contents);
    manifest[base] = name;
    files.set(name, contents);
  }
}

await mkdir(dist, { recursive: true });
const stale = new Set(await readdir(dist));
async function put(name, bytes) {
  stale.delete(name);
  await writeFile(join(dist, `.${name}.part`), bytes);
  await rename(join(dist, `.${name}.part`), join(dist, name));
}
for (const [name, bytes] of files) {
  await put(name, bytes);
  await put(`${name}.gz`, gzipSync(bytes, { level: 9 }));
  await put(`${name}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
await put("manifest.json", JSON.stringify(Object.fromEntries(Object.entries(manifest).sort()), null, 1) + "\n");
for (const name of stale) await rm(join(dist, name), { force: true });
for (const [name, bytes] of files) console.log(`${String(gzipSync(bytes).length).padStart(7)} B gz  ${name}`);
