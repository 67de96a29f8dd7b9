import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { owned } from "../server/owned.ts";

/** Something that does the same job as we do, or a part of it. */
export type Peer = { readonly pid: number; readonly port: number; stop(): Promise<void> };

/** Runs a script of peers/node, which tells its port in its first line. It ends with this process at the latest. */
export async function startPeer(script: string, args: readonly string[]): Promise<Peer> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const { pid, ended, stop } = owned(child);
  const told = await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended]);
  if (!told) throw new Error(`${script} did not start`);
  return { pid, port: Number(told[0]), stop };
}
