import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuiltWorker, buildApi } from "./build-api.ts";
import { bundle } from "./bundle.ts";

export type BuiltWorkers = {
  readonly api: BuiltWorker;
  readonly other: BuiltWorker | null;
  readonly objects: BuiltWorker;
};

/** A Worker to measure beside the api, or in its place. */
export type BuildOther = (directory: string) => Promise<BuiltWorker>;

/** Builds what a server runs, the api as a deployment does, into folders that are gone once `use` settles. */
export async function withWorkers<Result>(
  { api = buildApi, other }: { readonly api?: BuildOther | undefined; readonly other?: BuildOther | undefined },
  use: (workers: BuiltWorkers) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-"));
  // What lies beside a Worker is taken for its modules.
  const folder = async (name: string) => {
    await mkdir(join(directory, name));
    return join(directory, name);
  };
  try {
    return await use({
      api: await api(await folder("api")),
      other: other ? await other(await folder("other")) : null,
      objects: await bundle(
        await folder("objects"),
        "objects",
        "bench/server/workers/objects.js",
        "src/consumer/wrangler.toml",
      ),
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
