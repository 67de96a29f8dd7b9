import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createConnection } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../../src/dev/net/listen.ts";
import { owned } from "../server/owned.ts";
import { type Peer, startPeer } from "./start-peer.ts";

/** How long Redis may take to begin, in ms, and how often it is asked meanwhile. */
const PATIENCE_MS = 10_000;
const ASK_EVERY_MS = 20;

export type Redis = Peer & { readonly what: string };

/**
 * Redis, holding `entry` under each of the keys, in memory alone; where the machine has none a stand-in, so that the same
 * can be compared: a real one only adds to what it costs to ask it.
 */
export async function startRedis(keys: readonly string[], entry: string): Promise<Redis> {
  const path = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "redis-server"));
  const server = path.find((each) => existsSync(each));
  if (server !== undefined) return { ...(await start(server, keys, entry)), what: "the machine's own" };
  const standIn = await startPeer(join(import.meta.dirname, "node/redis.js"), [entry]);
  return { ...standIn, what: "a stand-in that speaks its protocol and has every entry: a real one only adds" };
}

async function start(server: string, keys: readonly string[], entry: string): Promise<Peer> {
  const port = await freePort();
  const nothingKept = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"];
  const child = spawn(server, ["--port", String(port), ...nothingKept], { stdio: ["ignore", "ignore", "inherit"] });
  const { pid, stop } = owned(child);
  const commands = keys.map((key) => ["SET", key, entry]);
  for (let waited = 0; !(await filled(port, commands)); waited += ASK_EVERY_MS) {
    if (waited > PATIENCE_MS || child.exitCode !== null) throw new Error("Redis did not start");
    await wait(ASK_EVERY_MS);
  }
  return { pid, port, stop };
}

/** Whether Redis took all of these; `false`: it does not listen yet. */
async function filled(port: number, commands: readonly (readonly string[])[]): Promise<boolean> {
  const socket = createConnection({ port, host: "127.0.0.1" });
  try {
    await once(socket, "connect");
    const word = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
    socket.write(commands.map((words) => `*${words.length}\r\n${words.map(word).join("")}`).join(""));
    let answers = "";
    while (answers.length < commands.length * "+OK\r\n".length) answers += String((await once(socket, "data"))[0]);
    return answers === "+OK\r\n".repeat(commands.length);
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
