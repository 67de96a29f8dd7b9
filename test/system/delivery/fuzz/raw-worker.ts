import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApi } from "../../../../bench/server/build-api.ts";
import { DELIVERY_SOCKETS, deliveryConfig, zerosConfig } from "../../../../bench/server/delivery-config.ts";
import { startWorkerd } from "../../../../bench/server/start-workerd.ts";
import { kvOfTenants, SIZES, VARS } from "./world.ts";

export type RawWorker = { readonly port: number; stop(): Promise<void> };

/** The built api Worker in raw workerd, with the cache on and a store that has something under every name of a copy. */
export async function startRawWorker(): Promise<RawWorker> {
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-fuzz-"));
  const write = async (name: string, content: string) => {
    await writeFile(join(directory, name), content);
    return join(directory, name);
  };
  try {
    const built = await buildApi(directory);
    const store = await startWorkerd(await write("store.capnp", zerosConfig(built, SIZES)), 1);
    const kv = await write("kv.json", JSON.stringify(kvOfTenants()));
    const config = deliveryConfig(built, VARS, kv, store.ports.get("store") ?? 0);
    const workerd = await startWorkerd(await write("config.capnp", config), DELIVERY_SOCKETS.length);
    const stop = async () => void (await Promise.all([store.stop(), workerd.stop()]));
    return { port: workerd.ports.get("cached") ?? 0, stop };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
