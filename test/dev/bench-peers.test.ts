import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask, hangUp } from "../../bench/load/ask.ts";
import { findLua } from "../../bench/peers/nginx-lua.ts";
import { type Peer, startPeer } from "../../bench/peers/start-peer.ts";
import { startPeers } from "../../bench/peers/start-peers.ts";

const STAND_IN = join(import.meta.dirname, "../../bench/peers/node/redis.js");
const URLS = ["https://media.example.com/a.mp4?X-Amz-Signature=1", "https://media.example.com/b.mp4"];

describe("what stands in for Redis", () => {
  let redis: Peer;

  beforeEach(async () => {
    redis = await startPeer(STAND_IN, ["an entry"]);
  });

  afterEach(async () => {
    await redis.stop();
  });

  /** Sends pieces one after the other and takes so many characters. */
  async function tell(pieces: readonly string[], length: number): Promise<string> {
    const socket = createConnection({ port: redis.port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    for (const piece of pieces) await new Promise((resolve) => socket.write(piece, resolve));
    let answers = "";
    while (answers.length < length) answers += String((await once(socket, "data"))[0]);
    socket.destroy();
    return answers;
  }

  const GET = "*2\r\n$3\r\nget\r\n$5\r\nentry\r\n";
  const FOUND = "$8\r\nan entry\r\n";

  it("has an entry under every key, and takes every other command", async () => {
    expect(await tell([GET], FOUND.length)).toBe(FOUND);
    expect(await tell(["*1\r\n$4\r\nPING\r\n"], 5)).toBe("+OK\r\n");
  });

  it("answers several commands of one piece, and one that comes in several", async () => {
    expect(await tell([GET + GET], 2 * FOUND.length)).toBe(FOUND + FOUND);
    expect(await tell([GET.slice(0, 2), GET.slice(2, 15), GET.slice(15)], FOUND.length)).toBe(FOUND);
  });
});

describe("peers", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "snapbyte-bench-test-"));
    await writeFile(join(folder, "package.json"), "{}");
  });

  afterEach(async () => {
    hangUp();
    await rm(folder, { recursive: true });
  });

  /** A package of a few lines in place of one that is not ours. */
  async function install(name: string, content: string): Promise<void> {
    await mkdir(join(folder, "node_modules", name), { recursive: true });
    await writeFile(join(folder, "node_modules", name, "index.js"), content);
  }

  it("that are not installed are left out by name", async () => {
    const peers = await startPeers(folder, URLS);
    expect(peers.note).toMatch(/Left out, since they are not installed: .*fastify, express, ioredis, pg\.$/);
    expect(peers.variants.every(({ name }) => name.startsWith("nginx-"))).toBe(true);
    await peers.stop();
  });

  it("have Lua in nginx where its parts are unpacked, and not where one of them is missing", async () => {
    const root = join(folder, "root");
    const [module, library] = ["usr/lib/nginx/modules", "usr/share/lua/5.1/nginx"].map((path) => join(root, path));
    await Promise.all([module, library].map((path) => mkdir(path ?? "", { recursive: true })));
    await writeFile(join(module ?? "", "ngx_http_lua_module.so"), "");
    expect(findLua(folder)).not.toBe(root);
    await writeFile(join(library ?? "", "redis.lua"), "");
    expect([root, "/"]).toContain(findLua(folder));
  });

  it("that are installed look their entry up and redirect to an address that they sign", async () => {
    const entry = JSON.stringify({ entry: { copy: { generation: "g" } } });
    await install("ioredis", `exports.Redis = class { async get(key) { this.asked = key; return '${entry}'; } };`);
    await install(
      "express",
      `module.exports = () => ({
        disable() {},
        get(path, handler) { this.handler = handler; },
        listen(port, host, told) {
          const server = require("node:http").createServer((request, response) => {
            const query = Object.fromEntries(new URL(request.url, "http://x").searchParams);
            response.status = (code) => Object.assign(response, { statusCode: code });
            response.set = (fields) => { for (const name in fields) response.setHeader(name, fields[name]); };
            this.handler({ query }, response);
          });
          return server.listen(port, host, told);
        },
      });`,
    );
    const peers = await startPeers(folder, URLS);
    const [express] = peers.variants.filter(({ name }) => !name.startsWith("nginx-"));
    expect(express).toMatchObject({ name: "express-redis", base: "bare" });
    expect(peers.note).toContain("fastify");
    const [first, second] = [express?.next(), express?.next()];
    if (!first || !second) throw new Error("nothing to ask");
    await ask(first);
    await ask(second);
    const id = createHash("sha256").update("identity\0https://media.example.com/a.mp4").digest("base64url");
    await ask({
      ...first,
      headers: { location: new RegExp(`^https://store.invalid/copies/tenant-public/${id}/g\\?`) },
    });
    await peers.stop();
  });
});
