import { createRequire } from "node:module";
import { join } from "node:path";
import { type BuiltWorker, compatibility } from "./build-api.ts";

/** The bundler that wrangler builds with. */
const { build } = createRequire(createRequire(import.meta.url).resolve("wrangler"))("esbuild");

const ENTRY = join(import.meta.dirname, "workers/engine.js");

/** Bundles the fill engine, with what it works on in a deployment, behind a door for benchmarks. */
export async function buildEngine(directory: string): Promise<BuiltWorker> {
  const path = join(directory, "engine.js");
  const external = ["cloudflare:*", "node:*"];
  const conditions = ["workerd", "worker", "browser"];
  await build({
    entryPoints: [ENTRY],
    outfile: path,
    bundle: true,
    format: "esm",
    target: "es2024",
    external,
    conditions,
  });
  return { path, ...(await compatibility("src/consumer/wrangler.toml")) };
}
