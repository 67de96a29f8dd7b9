import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { close, freePort, listen } from "../../../src/dev/net/listen.ts";
import { until } from "../stack/until.ts";
import { type Command, startNode } from "./command.ts";
import { processesOf } from "./processes.ts";

const BODY = "Anybody may have this.\n";
const asked: string[] = [];
const publicOrigin = createServer((request, response) => {
  asked.push(`${request.method} ${request.url} ${request.headers.range ?? "whole"}`);
  response.writeHead(200, { "content-length": BODY.length, etag: '"1"' }).end(BODY);
});

let directory: string;
let state: string;
let port: number;
let consolePort: number;
let originPort: number;
let dev: Command;

function startDev(...args: string[]): Command {
  return startNode(["src/dev/main.ts", ...args]);
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "snapbyte-dev-"));
  state = join(directory, "elsewhere");
  port = await freePort();
  consolePort = await freePort();
  originPort = await listen(publicOrigin, 0);
  const rule = `http://127.0.0.1:${originPort}/open=public`;
  const ports = ["--port", String(port), "--console-port", String(consolePort)];
  dev = startDev(...ports, "--state", state, "--allow-origin", rule);
  await dev.prints(/Ctrl-C/);
}, 120_000);

afterAll(async () => {
  dev.signal("SIGKILL");
  await close(publicOrigin);
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

describe("while npm run dev is running", () => {
  test("dev.json in the state directory says where everything is", () => {
    const text = expect.stringMatching(/./);
    const address = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/);
    expect(JSON.parse(readFileSync(join(state, "dev.json"), "utf8"))).toMatchObject({
      ...{ api: `http://127.0.0.1:${port}`, origin: address, database: address },
      ...{ tenant: "demo", apiKey: text, adminKey: text },
      samples: Array.from({ length: 3 }, () => ({
        url: expect.stringContaining("X-Amz-Signature="),
        bytes: expect.any(Number),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      })),
    });
  });

  test("the console answers at the address that it prints, and reaches the API", async () => {
    const address = `http://127.0.0.1:${consolePort}`;
    expect(dev.output()).toContain(`console      ${address}`);
    expect(await (await fetch(`${address}/`)).text()).toContain("<h1>");
    await until(
      "its page on the API has the API's own calls",
      async () => (await (await fetch(`${address}/reference`)).text()).includes("/reference/cache#") || null,
    );
  }, 90_000);

  test("the two curl lines that it prints show a miss and then a hit", async () => {
    const lines = dev
      .output()
      .split("\n")
      .filter((line) => line.startsWith("curl "));
    expect(lines).toHaveLength(2);
    const [first = "", second = ""] = lines;
    const run = (line: string) => execFileSync("sh", ["-c", line], { encoding: "utf8" }).toLowerCase();
    expect(run(first)).toMatch(/^http\/1\.1 302 .*^cache-status: snapbyte; fwd=uri-miss\r$/ms);
    await until("the second line shows a hit", async () => /^cache-status: snapbyte; hit\b/m.test(run(second)) || null);
  }, 90_000);

  test("--allow-origin adds an origin, and its access mode counts", async () => {
    const ask = (path: string) => {
      const url = encodeURIComponent(`http://127.0.0.1:${originPort}${path}`);
      return fetch(`http://127.0.0.1:${port}/proxy?url=${url}`, { redirect: "manual" });
    };
    expect((await ask("/closed/file")).status).toBe(403);
    expect((await ask("/open/file")).headers.get("location")).toBe(`http://127.0.0.1:${originPort}/open/file`);
    const copy = await until("there is a copy", async () => {
      const location = (await ask("/open/file")).headers.get("location") ?? "";
      return location.includes("/f/") ? location : null;
    });
    expect(await (await fetch(copy)).text()).toBe(BODY);
    // Of a public origin nobody asks whether the caller may have it.
    expect(asked).toEqual(["GET /open/file whole"]);
  }, 90_000);

  test("a second start on its port fails with one line that says what to do", async () => {
    const second = startDev("--port", String(port), "--state", join(directory, "other"));
    expect(await second.ended).toBe(1);
    const said = second.output().trim().split("\n");
    expect(said.at(-1)).toMatch(new RegExp(`^Port ${port} is taken: .*--port`));
    expect(said.slice(0, -1)).toEqual(["Starting Snapbyte …"]);
  }, 30_000);

  test("a second start on its state directory fails with one line that says what to do", async () => {
    const second = startDev("--port", String(await freePort()), "--console-port", "0", "--state", state);
    expect(await second.ended).toBe(1);
    expect(second.output().trim().split("\n").at(-1)).toMatch(/^Another stack is running on .*--state/);
    expect(existsSync(join(state, "dev.json"))).toBe(true);
  }, 30_000);
});

describe("at Ctrl-C", () => {
  test("it ends with 0 within seconds, has shown no warning, and leaves no process behind", async () => {
    const onLinux = existsSync("/proc/self/cmdline");
    if (onLinux) expect(processesOf(state)).not.toEqual([]);
    const start = Date.now();
    dev.signal("SIGINT");
    expect(await dev.ended).toBe(0);
    expect(Date.now() - start).toBeLessThan(10_000);
    expect(dev.output()).not.toMatch(/warn/i);
    expect(existsSync(join(state, "dev.json"))).toBe(false);
    if (onLinux) await until("no process of it is left", async () => processesOf(state).length === 0 || null);
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  }, 30_000);
});
