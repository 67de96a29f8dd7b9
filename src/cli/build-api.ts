import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

/** The bundler that wrangler builds with. */
const esbuild: Bundler = createRequire(createRequire(import.meta.url).resolve("wrangler"))("esbuild");

const ROOT = join(import.meta.dirname, "../..");
const ENTRY = "src/api/worker.ts";
/** Where wrangler.toml looks for what is built. */
const OUTPUT = join(ROOT, "dist/api");

/** What is said of it here is all that is used: https://esbuild.github.io/api/ */
type Bundler = { build(options: Readonly<Record<string, unknown>>): Promise<Built> };

/** The modules of a Worker, and what each of them was made of. */
export type Built = {
  readonly outputFiles: readonly { readonly path: string; readonly text: string; readonly contents: Uint8Array }[];
  readonly metafile: { readonly outputs: Readonly<Record<string, Output>> };
};

export type Output = {
  readonly entryPoint?: string;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
};

/**
 * Bundles the api Worker as it is uploaded: the entry, `worker.js`, and a module for all that `import()` names, which the
 * runtime loads when it gets there. Wrangler itself makes one module of everything, and that would be read, and most of it
 * run, before the first download is answered.
 */
export async function bundleApi(): Promise<Built> {
  return await esbuild.build({
    entryPoints: [ENTRY],
    absWorkingDir: ROOT,
    outdir: OUTPUT,
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: true,
    metafile: true,
    format: "esm",
    target: "es2024",
    external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"],
    define: { "process.env.NODE_ENV": '"production"', "navigator.userAgent": '"Cloudflare-Workers"' },
    logLevel: "warning",
  });
}

/** Puts the modules where wrangler finds them, and nothing else beside them. Several may do so at once. */
async function main(): Promise<void> {
  const { outputFiles } = await bundleApi();
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
