import { mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DeliveryWorld, deliveryWorld, type LinkedCopy } from "../world/delivery-world.ts";
import { buildApi } from "./build-api.ts";
import { DELIVERY_SOCKETS, type DeliverySocket, deliveryConfig, zerosConfig } from "./delivery-config.ts";
import type { Operations } from "./operations.ts";
import { type FileServer, startFiles } from "./origin/start-files.ts";
import { startWorkerd } from "./start-workerd.ts";

/** So many objects of so many bytes. */
export type DeliverySize = { readonly bytes: number; readonly count: number };
export type DeliverySizes = Readonly<Record<"large" | "small", DeliverySize>>;

export type DeliveryServer = {
  /** Of the process that all Workers run in. */
  readonly pid: number;
  port(socket: DeliverySocket): number;
  readonly copies: Readonly<Record<keyof DeliverySizes, readonly LinkedCopy[]>>;
  /** The same files from nginx, each at `/SIZE-NUMBER`; `null`: this machine has none. */
  readonly files: FileServer | null;
  /** How often anybody was asked whom no download may ask. */
  asked(): Promise<number>;
  stop(): Promise<void>;
};

/** Runs the api Worker in raw workerd over a store of such objects, which has a process of its own, as has nginx. */
export async function startDeliveryServer(sizes: DeliverySizes): Promise<DeliveryServer> {
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-"));
  const running: { stop(): Promise<void> }[] = [];
  const keep = <Running extends { stop(): Promise<void> }>(started: Running): Running => {
    running.push(started);
    return started;
  };
  const stop = async () => {
    await Promise.all(running.map((each) => each.stop()));
    await rm(directory, { recursive: true, force: true });
  };
  const write = async (name: string, content: string) => {
    await writeFile(join(directory, name), content);
    return join(directory, name);
  };
  try {
    const world = deliveryWorld();
    const copies = await copiesOf(world, sizes);
    // What lies beside a Worker is taken for its modules.
    await mkdir(join(directory, "api"));
    const built = await buildApi(join(directory, "api"));
    const bytes = { large: sizes.large.bytes, small: sizes.small.bytes };
    const store = keep(await startWorkerd(await write("store.capnp", zerosConfig(built, bytes)), 1));
    const kv = await write("kv.json", JSON.stringify(world.kv));
    const config = deliveryConfig(built, world.vars, kv, store.ports.get("store") ?? 0);
    const workerd = keep(await startWorkerd(await write("config.capnp", config), DELIVERY_SOCKETS.length));
    const files = await startFiles(directory, await makeFiles(directory, sizes), "small-0");
    if (files) keep(files);
    const port = (socket: DeliverySocket) => workerd.ports.get(socket) ?? 0;
    const asked = async () => {
      const answer = await fetch(`http://127.0.0.1:${port("outside")}/`);
      const { origins, messages, queries, others } = (await answer.json()) as Operations;
      return origins + messages + queries + others;
    };
    return { pid: workerd.pid, port, copies, files, asked, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function copiesOf(world: DeliveryWorld, { large, small }: DeliverySizes): Promise<DeliveryServer["copies"]> {
  return {
    large: await world.copies("large", large.bytes, large.count),
    small: await world.copies("small", small.bytes, small.count),
  };
}

/** Files of zeros that take no room; returns their folder. */
async function makeFiles(directory: string, sizes: DeliverySizes): Promise<string> {
  const folder = join(directory, "files");
  await mkdir(folder);
  for (const [size, { bytes, count }] of Object.entries(sizes)) {
    for (let at = 0; at < count; at += 1) {
      const file = await open(join(folder, `${size}-${at}`), "w");
      await file.truncate(bytes);
      await file.close();
    }
  }
  return folder;
}
