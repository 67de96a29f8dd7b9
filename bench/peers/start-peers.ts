import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { proxyPath } from "../load/proxy-targets.ts";
import { inTurn } from "../load/targets.ts";
import type { Variant } from "../measure/variant.ts";
import { heldEntries } from "../world/held-entries.ts";
import { startNginx } from "./nginx.ts";
import { findLua, startNginxLua } from "./nginx-lua.ts";
import { startRedis } from "./redis.ts";
import { type Peer, startPeer } from "./start-peer.ts";

/** Others who do the same job, or a part of it, each in a process of its own. */
export type Peers = {
  /** How they are asked for a hit. */
  readonly variants: readonly Variant[];
  /** What is compared with what, and what this machine lacks, in lines. */
  readonly note: string;
  stop(): Promise<void>;
};

/** Servers in Node by the package that they are made with; each needs ioredis, too, and pg for what Redis has not. */
const IN_NODE = ["fastify", "express"] as const;

const SIGNED = /^https:\/\/store\.invalid\/copies\/.*&X-Amz-Signature=[0-9a-f]{64}$/;

/** Under what a peer looks for the entry of the object that a URL names: as in node/job.js. */
function peerKey(url: string): string {
  const identity = url.replace(/\?.*$/s, "");
  return `entry:tenant-public/${createHash("sha256").update(`identity\0${identity}`).digest("base64url")}`;
}

/**
 * Starts whatever of them is there: nginx where the machine has it, by itself and with Lua, and of Fastify and Express what
 * is installed, with ioredis and pg, in `folder`/node_modules: they are no packages of this project's.
 */
export async function startPeers(folder: string, urls: readonly string[]): Promise<Peers> {
  const has = (name: string) => existsSync(join(folder, "node_modules", name));
  const { before, after } = heldEntries([], []);
  const entry = `${before}${"x".repeat(43)}${after}`;
  const running: Peer[] = [];
  const missing: string[] = [];
  const stop = async () => {
    await Promise.all(running.map((peer) => peer.stop()));
  };
  const keep = (peer: Peer): Peer => {
    running.push(peer);
    return peer;
  };
  const ways: { name: string; peer: Peer; path: (url: string) => string; location: RegExp | null }[] = [];
  try {
    const nginx = await startNginx();
    if (nginx) {
      keep(nginx);
      ways.push({ name: "nginx-constant", peer: nginx, path: () => "/constant", location: /^\/elsewhere$/ });
      ways.push({ name: "nginx-static", peer: nginx, path: () => "/static", location: null });
    } else {
      missing.push("nginx");
    }
    const lua = findLua(folder);
    if (lua === null) missing.push("Lua in nginx");
    const present = IN_NODE.filter((name) => has(name) && has("ioredis"));
    missing.push(...[...IN_NODE, "ioredis", "pg"].filter((name) => !has(name)));
    const redis = present.length > 0 || lua !== null ? await startRedis(urls.map(peerKey), entry) : null;
    if (redis) keep(redis);
    const nginxLua = lua !== null && redis ? await startNginxLua(lua, redis.port) : null;
    if (nginxLua) ways.push({ name: "nginx-lua-redis", peer: keep(nginxLua), path: proxyPath, location: SIGNED });
    for (const name of present) {
      const script = join(import.meta.dirname, `node/${name}.js`);
      const peer = keep(await startPeer(script, [folder, String(redis?.port)]));
      ways.push({ name: `${name}-redis`, peer, path: proxyPath, location: SIGNED });
    }
    return {
      variants: ways.map(({ name, peer: { pid, port }, path, location }) => {
        const about = {
          port,
          host: "peer.invalid",
          status: location ? 302 : 200,
          headers: location ? { location } : {},
        };
        return {
          name,
          base: "bare",
          pid,
          next: inTurn(urls.map((url) => ({ ...about, path: path(url) }))),
          leadIn: 120,
        };
      }),
      note: [
        ...(missing.length > 0 ? [`Left out, since they are not installed: ${missing.join(", ")}.`] : []),
        ...(redis ? [`Redis is ${redis.what}; its CPU is not in the figures of those who ask it.`] : []),
      ].join("\n"),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
