import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { close, listen } from "../../src/dev/net/listen.ts";
import { streamWorld } from "../world/stream-world.ts";
import { buildApi } from "./build-api.ts";
import { startWorkerd } from "./start-workerd.ts";
import { STREAM_SOCKETS, streamConfig } from "./stream-config.ts";

export type StreamServer = {
  port(socket: (typeof STREAM_SOCKETS)[number]): number;
  /** An object under every path; no path was asked for before. */
  readonly origin: string;
  stop(): Promise<void>;
};

/** Runs the api Worker in raw workerd, an origin whose objects have so many bytes, and a Postgres that knows nothing. */
export async function startStreamServer(bytes: number): Promise<StreamServer> {
  const body = Buffer.alloc(bytes);
  const origin = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "video/mp4", "Content-Length": bytes, ETag: '"bench"' }).end(body);
  });
  const nothing = JSON.stringify({ command: "SELECT", rowCount: 0, fields: [], rows: [] });
  const postgres = createServer((request, response) => {
    request.resume().once("end", () => response.writeHead(200, { "Content-Type": "application/json" }).end(nothing));
  });
  const running = [origin, postgres].map((server) => ({ stop: () => close(server) }));
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-"));
  const stop = async () => {
    await Promise.all(running.map((each) => each.stop()));
  };
  try {
    const address = await addressOf(origin);
    const { vars, kv } = streamWorld(address, await addressOf(postgres));
    const values = join(directory, "kv.json");
    const config = join(directory, "config.capnp");
    await writeFile(values, JSON.stringify(kv));
    // What lies beside a Worker is taken for its modules.
    await mkdir(join(directory, "api"));
    await writeFile(config, streamConfig(await buildApi(join(directory, "api")), vars, values));
    const workerd = await startWorkerd(config, STREAM_SOCKETS.length);
    running.push(workerd);
    return { port: (socket) => workerd.ports.get(socket) ?? 0, origin: address, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function addressOf(server: Server): Promise<string> {
  return `http://127.0.0.1:${await listen(server, 0)}`;
}
