import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { ask, hangUp } from "../../bench/load/ask.ts";
import { type DeliveryFigures, deliveryFiguresOf } from "../../bench/measure/delivery-figures.ts";
import { measureDelivery } from "../../bench/measure/measure-delivery.ts";
import { deliveryTable } from "../../bench/report/delivery-table.ts";
import { deliveryJson } from "../../bench/report/json.ts";
import { deliveryConfig, zerosConfig } from "../../bench/server/delivery-config.ts";
import { filesConfig } from "../../bench/server/origin/nginx-config.ts";
import { deliveryWorld } from "../../bench/world/delivery-world.ts";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { readLinkToken } from "../../src/core/link.ts";
import { close, listen } from "../../src/dev/net/listen.ts";

const sample = (cpuMicroseconds: number, requestsPerSecond: number) => ({ cpuMicroseconds, requestsPerSecond });

describe("figures of downloads", () => {
  const about = { name: "/f/ 1MiB", base: "pipe 1MiB", mib: 1 };
  // In the second round the machine was ten times as busy.
  const own = [sample(150, 400), sample(1500, 40), sample(160, 400)];
  const pipe = [sample(100, 500), sample(1000, 50), sample(100, 500)];

  it("compare round with round: CPU and speed with the bare pipe's, speed with that of nginx", () => {
    const nginx = own.map(({ requestsPerSecond }) => sample(1, requestsPerSecond * 4));
    expect(deliveryFiguresOf(about, own, pipe, nginx)).toEqual({
      ...about,
      ...{ ratio: 1.5, cpuMicroseconds: 160, requestsPerSecond: 400, ofBase: 0.8, ofNginx: 0.25 },
    });
  });

  it("tell nothing of nginx where there is none, and are refused for rounds that are not the same", () => {
    expect(deliveryFiguresOf(about, own, pipe, null).ofNginx).toBeNull();
    expect(() => deliveryFiguresOf(about, own, pipe.slice(1), null)).toThrow("same rounds");
  });
});

describe("the report of downloads", () => {
  const pipe: DeliveryFigures = {
    ...{ name: "pipe 100MiB", base: "pipe 100MiB", mib: 100, ratio: 1, cpuMicroseconds: 50_000 },
    ...{ requestsPerSecond: 5.25, ofBase: 1, ofNginx: 0.5 },
  };
  const small = { ...pipe, name: "/f/ 16KiB", base: "pipe", mib: 1 / 64, requestsPerSecond: 640, ofNginx: null };

  it("is a table that begins with the ratio", () => {
    expect(deliveryTable([pipe, small]).split("\n")).toEqual([
      "             ratio  against  CPU µs  CPU µs/MiB  requests/s  MiB/s  of base  of nginx",
      "pipe 100MiB   1.00  -         50000         500         5.3    525     1.00      0.50",
      "/f/ 16KiB     1.00  pipe      50000           -         640     10     1.00         -",
    ]);
  });

  it("is JSON by name, without what was not measured", () => {
    expect(JSON.parse(deliveryJson([pipe]))).toEqual({
      "pipe 100MiB": {
        ...{ ratio: 1, cpu_us: 50_000, cpu_us_per_mib: 500, rps: 5.25, mib_s: 525, of_base: 1, of_nginx: 0.5 },
      },
    });
    expect(JSON.parse(deliveryJson([small]))["/f/ 16KiB"]).not.toHaveProperty("of_nginx");
  });
});

describe("measuring downloads", () => {
  it("asks all objects in their turn, and says of each request what it wants", async () => {
    const asked: string[] = [];
    const server = createServer(({ url, headers }, response) => {
      asked.push(`${url} ${headers.range} ${headers.host}`);
      response.writeHead(206, { "content-length": 2 }).end("ab");
    });
    const port = await listen(server, 0);
    const fields = { range: "bytes=0-1" };
    const targets = ["/a", "/b", "/c"].map((path) => {
      return { port, host: "h.invalid", path, fields, status: 206, headers: { "content-length": /^2$/ } };
    });
    const ways = [{ name: "pipe", base: "pipe", pid: process.pid, targets }];
    const group = { bytes: 2 ** 20, ways, requests: 2, leadIn: 1, atOnce: 1, warmUpRounds: 1, rounds: 2 };
    const [figures] = await measureDelivery(group, "nginx");
    // Not its ratio: so few requests may end within one tick of the clock that counts CPU.
    expect(figures).toMatchObject({ name: "pipe", mib: 1, ofBase: 1, ofNginx: null });
    const paths = asked.map((each) => each.slice(0, 2));
    expect(paths).toEqual(["/a", "/a", "/b", "/c", "/c", "/a", "/b", "/b", "/c"]);
    expect(new Set(asked.map((each) => each.slice(3)))).toEqual(new Set(["bytes=0-1 h.invalid"]));
    await expect(ask({ ...targets[0], headers: { "content-length": /^3$/ } } as (typeof targets)[0])).rejects.toThrow(
      "206",
    );
    hangUp();
    await close(server);
  });
});

describe("a world of copies", () => {
  it("has links that the deployment's own keys open, each to an object of its own", async () => {
    const world = deliveryWorld();
    const ring = parseKeyRing(world.vars.SECRET_KEYS ?? "");
    const copies = await world.copies("small", 100, 3);
    expect(new Set(copies.map(({ object }) => object)).size).toBe(3);
    for (const [at, { object, path }] of copies.entries()) {
      const [, , token = "", name] = path.split("/");
      const link = ring && (await readLinkToken(ring, token));
      expect([link?.size, link?.generation, name]).toEqual([100, `small-${at}`, `small-${at}.mp4`]);
      expect(object).toBe(`${link?.key.tenant}/${link?.key.id}/small-${at}`);
    }
  });
});

describe("the servers", () => {
  it("are the api Worker twice, with the cache and without, over a store of another process", async () => {
    const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-test-"));
    const path = join(directory, "worker.js");
    await writeFile(path, "");
    const built = { path, compatibilityDate: "2026-10-20", compatibilityFlags: ["nodejs_compat"] };
    const text = deliveryConfig(built, { SECRET_KEYS: "1:x" }, "/tmp/kv.json", 8080);
    expect(text.match(/name = "EDGE_CACHE", text = "(on|off)"/g)).toHaveLength(2);
    expect(text).toContain('(name = "store", external = (address = "127.0.0.1:8080", http = ()))');
    expect(text.match(/r2Bucket = "store"/g)).toHaveLength(3);
    expect(zerosConfig(built, { small: 5 })).toContain('json = "{\\"small\\":5}"');
    await rm(directory, { recursive: true });
  });

  it("are nginx as it is, but that it keeps files open", () => {
    const text = filesConfig("/tmp/some where", "/tmp/files", 8080);
    expect(text).toMatch(/listen 127\.0\.0\.1:8080;\s+root "\/tmp\/files";\s+open_file_cache /);
  });
});

describe.runIf(process.platform === "linux")("downloads", () => {
  it("are measured in every way, and leave nothing behind", { timeout: 60_000 }, async () => {
    const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-test-"));
    const script = `
      import { delivery } from ${JSON.stringify(join(import.meta.dirname, "../../bench/benchmarks/delivery.ts"))};
      const sizes = { large: { bytes: ${3 * 2 ** 20}, count: 1 }, small: { bytes: 1000, count: 20 } };
      process.stdout.write((await delivery(1, sizes)).json);`;
    const env = { ...process.env, TMPDIR: directory };
    const node = ["--input-type=module", "-e", script];
    const { stdout } = await promisify(execFile)(process.execPath, node, { env });
    const figures = JSON.parse(stdout) as Record<string, Record<string, number>>;
    const ours = Object.keys(figures).filter((name) => !name.startsWith("nginx"));
    const ways = ["pipe", "/f/", "/f/ cached"];
    expect(ours).toEqual(["16KiB", "1MiB-range", "100MiB"].flatMap((what) => ways.map((way) => `${way} ${what}`)));
    for (const name of ours) expect(figures[name]?.mib_s, name).toBeGreaterThan(0);
    expect(await readdir(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  });
});
