/** The command that wrangler.toml names: makes dist/console/worker.js, with everything that the console serves inside. */
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Built } from "../built.ts";
import { buildAssets } from "./assets.ts";
import { type Bundled, esbuild, ROOT } from "./bundler.ts";
import { buildDocuments } from "./documents.ts";
import { readFigures } from "./figures.ts";

/** Where wrangler.toml looks for what is built. */
const OUTPUT = join(ROOT, "dist/console");
const VIRTUAL = "snapbyte:built";

/** All that is made of files which are no program. */
export async function build(): Promise<Built> {
  const [assets, documents, figures] = await Promise.all([buildAssets(), buildDocuments(), readFigures()]);
  return { assets, documents, figures };
}

/** Bundles the console Worker as it is uploaded. */
export async function bundleConsole(): Promise<Bundled> {
  const contents = `export default ${JSON.stringify(await build())};`;
  const built = {
    name: VIRTUAL,
    setup(plugins: Plugins) {
      plugins.onResolve({ filter: /^snapbyte:built$/ }, () => ({ path: VIRTUAL, namespace: VIRTUAL }));
      plugins.onLoad({ filter: /./, namespace: VIRTUAL }, () => ({ contents, loader: "js" }));
    },
  };
  return await esbuild.build({
    entryPoints: ["src/console/worker.ts"],
    absWorkingDir: ROOT,
    outdir: OUTPUT,
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: true,
    format: "esm",
    target: "es2024",
    jsx: "automatic",
    jsxImportSource: "preact",
    external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"],
    define: { "process.env.NODE_ENV": '"production"', "navigator.userAgent": '"Cloudflare-Workers"' },
    plugins: [built],
    logLevel: "warning",
  });
}

type Plugins = {
  onResolve(filter: { filter: RegExp }, resolve: () => { path: string; namespace: string }): void;
  onLoad(filter: { filter: RegExp; namespace: string }, load: () => { contents: string; loader: string }): void;
};

/** Puts the modules where wrangler finds them, and nothing else beside them. Several may do so at once. */
async function main(): Promise<void> {
  const { outputFiles } = await bundleConsole();
  await mkdir(OUTPUT, { recursive: true });
  for (const { path, contents } of outputFiles) {
    const fresh = `${path}.${process.pid}`;
    await writeFile(fresh, contents);
    await rename(fresh, path);
  }
  const names = new Set(outputFiles.map(({ path }) => basename(path)));
  const old = (await readdir(OUTPUT)).filter((name) => !names.has(name) && /\.(?:js|map)$/.test(name));
  for (const name of old) await rm(join(OUTPUT, name), { force: true });
}

if (import.meta.main) await main();
