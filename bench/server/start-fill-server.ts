import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildEngine } from "./build-engine.ts";
import { engineConfig, storeConfig } from "./fill-config.ts";
import { type FileOrigin, type Manner, startOrigin } from "./origin/start-origin.ts";
import { startWorkerd } from "./start-workerd.ts";

/** One way to fill. */
export type FillWork = {
  /**
   * `bare`: no engine but a put of the answer's body; `floor`: nor that, but a loop that has the bytes in its hands;
   * `chosen`: as the engine does with what the origin offers.
   */
  readonly how: "bare" | "floor" | "chosen" | "parallel";
  readonly manner: Manner;
  /** Whether the bytes are hashed, or only moved. */
  readonly sha256: boolean;
  /** How many fills are under way at a time. */
  readonly atOnce: number;
};

/** So many fills of an object of so many bytes. */
export type FillOrder = FillWork & { readonly bytes: number; readonly times: number };

export type Engine = {
  readonly pid: number;
  /** Settles when all of it is done. */
  fill(order: FillOrder): Promise<void>;
  stop(): Promise<void>;
};

export type FillServer = {
  readonly origin: FileOrigin;
  /** Another process, with nothing behind it. */
  startEngine(): Promise<Engine>;
  /** For whoever keeps files. */
  readonly directory: string;
  stop(): Promise<void>;
};

/** Builds the fill engine and runs an origin of such files and a store that keeps nothing, each in its own process. */
export async function startFillServer(sizes: readonly number[]): Promise<FillServer> {
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-"));
  const write = async (name: string, content: string) => {
    await writeFile(join(directory, name), content);
    return join(directory, name);
  };
  const running: { stop(): Promise<void> }[] = [];
  const keep = <Server extends { stop(): Promise<void> }>(server: Server): Server => {
    running.push(server);
    return server;
  };
  const stop = async () => {
    await Promise.all(running.map((server) => server.stop()));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const built = await buildEngine(directory);
    const origin = keep(await startOrigin(directory, sizes));
    const store = keep(await startWorkerd(await write("store.capnp", storeConfig(built)), 1));
    const config = await write("engine.capnp", engineConfig(built, store.ports.get("store") ?? 0));
    return {
      origin,
      directory,
      async startEngine() {
        const engine = keep(await startWorkerd(config, 1));
        const port = engine.ports.get("engine") ?? 0;
        return {
          ...engine,
          async fill({ bytes, manner, ...order }) {
            await ask(port, { ...order, url: origin.url(bytes, manner) });
          },
        };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Without fetch's own limit on how long an answer may take. */
async function ask(port: number, order: Omit<FillOrder, "bytes" | "manner"> & { readonly url: string }): Promise<void> {
  const [status, text] = await new Promise<[number, string]>((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, method: "POST" }, async (response) => {
      const chunks = await response.toArray();
      resolve([response.statusCode ?? 0, Buffer.concat(chunks).toString()]);
    });
    asking.once("error", reject).end(JSON.stringify(order));
  });
  if (status !== 204) throw new Error(`a fill failed: ${text}`);
}
