import type { BuiltWorker } from "./build-api.ts";
import { bundle } from "./bundle.ts";

/** Bundles the fill engine, with what it works on in a deployment, behind a door for benchmarks. */
export async function buildEngine(directory: string): Promise<BuiltWorker> {
  return await bundle(directory, "engine", "bench/server/workers/engine.js", "src/consumer/wrangler.toml");
}
