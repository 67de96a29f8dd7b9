import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Asset } from "../built.ts";
import { esbuild, ROOT } from "./bundler.ts";

const HERE = "src/console";
const ENTRIES = [
  `${HERE}/design/console.css`,
  `${HERE}/design/charts.css`,
  `${HERE}/islands/console.ts`,
  `${HERE}/islands/charts.ts`,
];
const ICON = `${HERE}/design/icon.svg`;
/** Hexadecimal digits of a name's hash. */
const HASH_LENGTH = 10;

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Everything that browsers fetch beside pages, minified, by its plain name. */
export async function buildAssets(): Promise<Record<string, Asset>> {
  const { outputFiles } = await esbuild.build({
    entryPoints: ENTRIES,
    absWorkingDir: ROOT,
    outdir: join(ROOT, "dist/console/assets"),
    entryNames: "[name]",
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    logLevel: "warning",
  });
  const files = outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
  files.push({ name: basename(ICON), contents: await readFile(join(ROOT, ICON)) });
  return Object.fromEntries(files.map(({ name, contents }) => [name, asset(name, contents)]));
}

function asset(name: string, contents: Uint8Array): Asset {
  const extension = extname(name);
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, HASH_LENGTH);
  return {
    path: `/assets/${basename(name, extension)}-${hash}${extension}`,
    type: TYPES[extension] ?? "application/octet-stream",
    gzip: gzipSync(contents, { level: 9 }).toString("base64"),
  };
}
