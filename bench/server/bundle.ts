import { createRequire } from "node:module";
import { join } from "node:path";
import { type BuiltWorker, compatibility } from "./build-api.ts";

/** The bundler that wrangler builds with. */
const { build } = createRequire(createRequire(import.meta.url).resolve("wrangler"))("esbuild");

const ROOT = join(import.meta.dirname, "../..");

/** What esbuild asks of a plugin, as far as it is used here. */
type Loading = { onLoad(of: { filter: RegExp }, load: () => { contents: string; loader: "ts" }): void };

/**
 * Bundles a Worker for benchmarks into one module, `NAME.js` of a directory. `entry` and the paths of `instead`, whose
 * content takes the place of the module's own, are below the project's folder.
 */
export async function bundle(
  directory: string,
  name: string,
  entry: string,
  settings: "wrangler.toml" | "src/consumer/wrangler.toml",
  instead: Readonly<Record<string, string>> = {},
): Promise<BuiltWorker> {
  const path = join(directory, `${name}.js`);
  const replaced = Object.entries(instead).map(([file, contents]) => ({
    name: file,
    setup: ({ onLoad }: Loading) => {
      const filter = new RegExp(`${file.replaceAll(/[.]/g, "[.]")}$`);
      onLoad({ filter }, () => ({ contents, loader: "ts" }));
    },
  }));
  await build({
    entryPoints: [join(ROOT, entry)],
    outfile: path,
    bundle: true,
    format: "esm",
    target: "es2024",
    external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"],
    plugins: replaced,
  });
  return { path, ...(await compatibility(settings)) };
}
