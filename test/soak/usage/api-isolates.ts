import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { compatibility } from "../../../bench/server/build-api.ts";
import { bundle } from "../../../bench/server/bundle.ts";
import { bundleApi } from "../../../src/cli/build-api.ts";

const USAGE = "snapbyte-usage-local";
const FILLS = "snapbyte-fills-local";
const CONSUMER = "snapbyte-consumer";

/** Hands each request to the isolate that it names. */
const DOOR = `export default {
  fetch: (request, env) => env["API_" + request.headers.get("Test-Isolate")].fetch(request),
};`;

/** Brings batches to whoever adds them up; what is not done with, or if that fails, comes again by the queue. */
const CARRIER = `export default {
  async queue({ queue, messages }, { POST_OFFICE }) {
    const body = JSON.stringify({ queue, messages: messages.map(({ id, body }) => ({ id, body })) });
    const response = await fetch(POST_OFFICE, { method: "POST", body });
    const { done } = response.ok ? await response.json() : { done: [] };
    for (const message of messages) {
      if (done.includes(message.id)) message.ack();
      else message.retry();
    }
  },
};`;

export type ApiIsolates = { readonly url: string; readonly count: number; stop(): Promise<void> };

/**
 * Several api Workers, as they are uploaded and each in an isolate of its own, over one KV, one R2, one gate and the same
 * queues; with the consumer that fills. What they have counted is carried to `postOffice`.
 */
export async function startApiIsolates(
  directory: string,
  count: number,
  { vars, postOffice }: { readonly vars: Readonly<Record<string, string>>; readonly postOffice: string },
): Promise<ApiIsolates> {
  const { compatibilityDate, compatibilityFlags } = await compatibility("wrangler.toml");
  const shared = {
    ...{ compatibilityDate, compatibilityFlags: [...compatibilityFlags] },
    bindings: vars,
    kvNamespaces: { INDEX: "index" },
    r2Buckets: { OBJECTS: "objects" },
    queueProducers: { FILLS, USAGE },
  };
  const small = { compatibilityDate, modules: true as const };
  const object = (className: string) => ({ className, scriptName: CONSUMER, useSQLite: true });
  const modules = await apiModules(join(directory, "api"));
  const names = Array.from({ length: count }, (_, at) => `api-${at + 1}`);
  const { path } = await bundle(directory, "filler", "src/consumer/worker.ts", "src/consumer/wrangler.toml");
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers: [
        {
          ...small,
          ...{ name: "door", script: DOOR },
          serviceBindings: Object.fromEntries(names.map((name, at) => [`API_${at + 1}`, name])),
        },
        ...names.map((name) => ({
          ...shared,
          ...{ name, modules, modulesRoot: join(directory, "api") },
          durableObjects: { FILL_GATE: object("FillGateObject"), WITHDRAWALS: object("WithdrawalsObject") },
        })),
        {
          ...shared,
          ...{ name: CONSUMER, modules: [{ type: "ESModule" as const, path }], modulesRoot: directory },
          durableObjects: {
            FILL_GATE: { className: "FillGateObject", useSQLite: true },
            FILL_SLOTS: { className: "FillSlotsObject", useSQLite: true },
            WITHDRAWALS: { className: "WithdrawalsObject", useSQLite: true },
          },
          queueConsumers: { [FILLS]: { maxBatchSize: 4, maxBatchTimeout: 0, maxRetries: 5 } },
        },
        {
          ...small,
          ...{ name: "carrier", script: CARRIER, bindings: { POST_OFFICE: postOffice } },
          queueConsumers: { [USAGE]: { maxBatchSize: 2, maxBatchTimeout: 0.2, maxRetries: 100 } },
        },
      ],
    }),
  );
  const { origin } = await miniflare.ready;
  return { url: origin, count, stop: () => miniflare.dispose() };
}

/** The modules as they are uploaded, the entry first. */
async function apiModules(directory: string) {
  await mkdir(directory);
  const { outputFiles } = await bundleApi();
  const files = outputFiles.filter(({ path }) => path.endsWith(".js"));
  const paths = await Promise.all(
    files.map(async ({ path, contents }) => {
      const file = join(directory, basename(path));
      await writeFile(file, contents);
      return file;
    }),
  );
  const entryFirst = paths.toSorted((a, b) => Number(b.endsWith("/worker.js")) - Number(a.endsWith("/worker.js")));
  return entryFirst.map((path) => ({ type: "ESModule" as const, path }));
}
