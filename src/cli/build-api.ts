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

/**
 * Puts the modules and their source maps into a directory, and leaves nothing else of the kind beside them. Several may do
 * so at once; what one that was killed has left goes, too.
 */
export async function putModules({ outputFiles }: Pick<Built, "outputFiles">, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const { path, contents } of outputFiles) {
    const name = join(directory, basename(path));
    const fresh = `${name}.${process.pid}`;
    await writeFile(fresh, contents);
    await rename(fresh, name);
  }
  const names = new Set(outputFiles.map(({ path }) => basename(path)));
  const old = (await readdir(directory)).filter((name) => !names.has(name) && isLeftover(name));
  for (const name of old) await rm(join(directory, name), { force: true });
}

/** A module or map of another build, or one that the process of this number was writing. */
function isLeftover(name: string): boolean {
  const [matched, pid] = /\.(?:js|map)(?:\.(\d+))?$/.exec(name) ?? [];
  return matched !== undefined && (pid === undefined || !isRunning(Number(pid)));
}

function isRunning(pid: number): boolean {
  try {
    // Signal 0 tells only whether it could be sent.
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

if (import.meta.main) await putModules(await bundleApi(), OUTPUT);
