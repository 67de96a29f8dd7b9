import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missedBars } from "../../bench/benchmarks/fill.ts";
import { type FillFigures, type FillSample, fillFiguresOf } from "../../bench/measure/fill-figures.ts";
import { kibOf, watchMemory } from "../../bench/measure/memory.ts";
import { parseOptions } from "../../bench/options.ts";
import { fillTable } from "../../bench/report/fill-table.ts";
import { fillJson } from "../../bench/report/json.ts";
import { nginxConfig } from "../../bench/server/origin/nginx-config.ts";
import { freePort } from "../../src/dev/net/listen.ts";

const MIB = 2 ** 20;
const NODE_ORIGIN = join(import.meta.dirname, "../../bench/server/origin/node-origin.ts");

function samples(costs: readonly (number | null)[], mibPerSecond: number): FillSample[] {
  return costs.map((cpuPerMib) => ({ cpuPerMib, mibPerSecond }));
}

describe("figures of fills", () => {
  const own = { name: "stream", base: "bare", mib: 100, growthMib: 3 };

  it("compare round with round, CPU with that of the bare put and speed with that of curl", () => {
    // In the second round the machine was ten times as busy.
    const [cost, bare, curl] = [samples([150, 1500, 160], 400), samples([100, 1000, 100], 500), samples([null], 800)];
    const figures = fillFiguresOf(own, cost, bare, [...curl, ...curl, ...curl]);
    expect(figures).toEqual({ ...own, ratio: 1.5, cpuPerMib: 160, mibPerSecond: 400, ofCurl: 0.5 });
  });

  it("tell nothing of the engine where it had no part, nor of curl where there is none", () => {
    const curl = samples([null, null], 800);
    expect(fillFiguresOf(own, curl, curl, null)).toMatchObject({ ratio: null, cpuPerMib: null, ofCurl: null });
  });

  it("are refused for rounds that are not the same", () => {
    expect(() => fillFiguresOf(own, samples([1, 2], 1), samples([1], 1), null)).toThrow("same rounds");
  });
});

describe("memory of a process", () => {
  it("is read from its status in kB", () => {
    const status = "VmPeak:\t  200 kB\nVmHWM:\t    4096 kB\nVmRSS:\t    1024 kB\n";
    expect([kibOf(status, "VmHWM"), kibOf(status, "VmRSS")]).toEqual([4096, 1024]);
    expect(() => kibOf(status, "RssAnon")).toThrow("no RssAnon");
  });

  it.runIf(process.platform === "linux")("that takes a large buffer grows by about as much", () => {
    const growth = watchMemory(process.pid);
    expect(Buffer.alloc(64 * MIB, 1).at(-1)).toBe(1);
    expect(growth()).toBeGreaterThan(32);
  });
});

describe("the report of fills", () => {
  const bare: FillFigures = {
    ...{ name: "fill-bare-1GiB", base: "fill-bare-1GiB", mib: 1024, ratio: 1, cpuPerMib: 1500 },
    ...{ mibPerSecond: 512, ofCurl: 1.25, growthMib: 0 },
  };
  const hashed = { ...bare, name: "fill-stream-1GiB-sha256", ratio: 1.35, cpuPerMib: 2025, ofCurl: 0.6, growthMib: 32 };
  const curl = {
    ...bare,
    name: "curl-1GiB",
    base: "curl-1GiB",
    ratio: null,
    cpuPerMib: null,
    ofCurl: 1,
    growthMib: null,
  };

  it("is a table that begins with the ratio", () => {
    expect(fillTable([bare, hashed, curl]).split("\n")).toEqual([
      "                         ratio  against         CPU µs/MiB  MiB/s  of curl  grew MiB",
      "fill-bare-1GiB            1.00  -                     1500    512     1.25         0",
      "fill-stream-1GiB-sha256   1.35  fill-bare-1GiB        2025    512     0.60        32",
      "curl-1GiB                    -  -                        -    512     1.00         -",
    ]);
  });

  it("is JSON by name, without what was not measured", () => {
    expect(JSON.parse(fillJson([hashed, curl]))).toEqual({
      "fill-stream-1GiB-sha256": {
        ...{ ratio: 1.35, cpu_us: 2025 * 1024, rps: 0.5, cpu_us_per_mib: 2025 },
        ...{ mib_s: 512, curl_ratio: 0.6, growth_mb: 32 },
      },
      "curl-1GiB": { rps: 0.5, mib_s: 512, curl_ratio: 1 },
    });
  });

  it("allows more CPU where the bytes are hashed, and names each bar that is missed", () => {
    expect(missedBars(hashed)).toEqual([]);
    expect(missedBars({ ...hashed, name: "fill-stream-1GiB", ofCurl: 0.59, growthMib: 33 })).toEqual([
      "fill-stream-1GiB: 1.35 times the CPU of a bare put, not 1.1",
      "fill-stream-1GiB: 0.59 of curl, not 0.6",
      "fill-stream-1GiB: grew by 33 MiB, not 32",
    ]);
    expect(missedBars({ ...hashed, ratio: 1.36 })).toEqual([
      "fill-stream-1GiB-sha256: 1.36 times the CPU of a bare put, not 1.35",
    ]);
  });
});

describe("how much of a benchmark", () => {
  it("is its own affair where nothing was said", () => {
    expect(parseOptions(["fill"], ["fill"])).toEqual({ name: "fill", json: null, peers: null, effort: {} });
    expect(parseOptions(["fill", "--rounds", "2"], ["fill"])?.effort).toEqual({ rounds: 2 });
  });
});

describe("the origin of files", () => {
  it("is, where there is nginx, one process that says nothing of ranges for files that are given as a whole", () => {
    const text = nginxConfig("/tmp/some where", 8080);
    expect(text).toContain("master_process off;");
    expect(text).toMatch(/location \/whole\/ \{[^}]*etag off;[^}]*max_ranges 0;/);
    expect(text).toContain('alias "/tmp/some where/files/"');
  });

  describe("in Node", () => {
    let port: number;
    let origin: ReturnType<typeof spawn>;

    beforeAll(async () => {
      port = await freePort();
      origin = spawn(process.execPath, [NODE_ORIGIN, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
      await new Promise((resolve) => origin.stdout?.once("data", resolve));
    });
    afterAll(() => {
      origin.kill("SIGKILL");
    });
    const get = (path: string, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers });

    it("gives whatever bytes are asked for of the version that is meant", async () => {
      const whole = await get(`/ranges/${3 * MIB}`);
      expect([whole.status, whole.headers.get("accept-ranges"), whole.headers.get("etag")]).toEqual([
        ...[200, "bytes", '"zeros"'],
      ]);
      expect((await whole.arrayBuffer()).byteLength).toBe(3 * MIB);
      const part = await get(`/ranges/${3 * MIB}`, { range: `bytes=5-${MIB + 9}`, "if-match": '"zeros"' });
      expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 5-${MIB + 9}/${3 * MIB}`]);
      expect((await part.arrayBuffer()).byteLength).toBe(MIB + 5);
      expect((await get("/ranges/9", { "if-match": '"ones"' })).status).toBe(412);
    });

    it("gives others as a whole, whatever is asked for", async () => {
      const whole = await get("/whole/9", { range: "bytes=0-1" });
      expect([whole.status, whole.headers.get("accept-ranges"), whole.headers.get("etag")]).toEqual([200, null, null]);
      expect((await whole.arrayBuffer()).byteLength).toBe(9);
      expect((await get("/elsewhere/9")).status).toBe(404);
    });
  });
});

describe.runIf(process.platform === "linux")("fills", () => {
  it("are measured in every way, and leave nothing behind", { timeout: 60_000 }, async () => {
    const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-test-"));
    const script = `
      import { fill } from ${JSON.stringify(join(import.meta.dirname, "../../bench/benchmarks/fill.ts"))};
      const sizes = [{ bytes: ${MIB}, times: 4, roundsEach: 1 }, { bytes: ${65 * MIB}, times: 1, roundsEach: 1 }];
      process.stdout.write((await fill(1, sizes)).json);`;
    const env = { ...process.env, TMPDIR: directory };
    const node = ["--input-type=module", "-e", script];
    const { stdout } = await promisify(execFile)(process.execPath, node, { env });
    const figures = JSON.parse(stdout) as Record<string, Record<string, number>>;
    const names = Object.keys(figures).filter((name) => !name.startsWith("curl"));
    expect(names).toEqual([
      ...["fill-bare-1MiB", "fill-floor-1MiB", "fill-floor-1MiB-sha256", "fill-put-1MiB", "fill-put-1MiB-sha256"],
      ...["fill-bare-4-at-once-1MiB", "fill-put-4-at-once-1MiB", "fill-put-4-at-once-1MiB-sha256", "fill-bare-65MiB"],
      ...["fill-floor-65MiB", "fill-floor-65MiB-sha256", "fill-stream-65MiB"],
      ...["fill-stream-65MiB-sha256", "fill-parallel-65MiB", "fill-parallel-65MiB-sha256"],
    ]);
    for (const name of names) {
      expect(figures[name]?.mib_s, name).toBeGreaterThan(0);
      expect(figures[name]?.growth_mb, name).toBeGreaterThanOrEqual(0);
      // So little is below one tick where the kernel counts in those.
      expect(figures[name]?.cpu_us_per_mib, name).toBeGreaterThanOrEqual(0);
    }
    await expect(promisify(execFile)("ls", ["-A", directory])).resolves.toMatchObject({ stdout: "" });
    await rm(directory, { recursive: true });
  });
});
