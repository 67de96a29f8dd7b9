import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { ask, hangUp, type Target } from "../../bench/load/ask.ts";
import { closedLoop } from "../../bench/load/closed-loop.ts";
import { steadyRate } from "../../bench/load/steady-rate.ts";
import { inTurn } from "../../bench/load/targets.ts";
import { cpuClock, nanosecondsOf, ticksOf } from "../../bench/measure/cpu-time.ts";
import { type Figures, figuresOf, type Seen } from "../../bench/measure/figures.ts";
import { interleave } from "../../bench/measure/interleave.ts";
import { median, percentile } from "../../bench/measure/median.ts";
import { parseOptions } from "../../bench/options.ts";
import { json } from "../../bench/report/json.ts";
import { table } from "../../bench/report/table.ts";
import { LINKS, signingMoments } from "../../bench/world/moments.ts";
import { close, listen } from "../../src/dev/net/listen.ts";

describe("median and percentile", () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])("of %j the median is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0.001, 1],
  ])("of 1 to 100 the share %d has %d as its greatest", (share, expected) => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect(percentile(values, share)).toBe(expected);
  });

  it("changes nothing of what it is given", () => {
    const values = [3, 1, 2];
    median(values);
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  it("makes no figure of nothing", () => {
    expect(() => median([])).toThrow("nothing");
    expect(() => percentile([], 0.5)).toThrow("nothing");
  });
});

describe("rounds", () => {
  it("have every variant once, another one first each time, and now forwards, now backwards", () => {
    expect(interleave(["a", "b", "c"], 4)).toEqual([
      ["a", "b", "c"],
      ["a", "c", "b"],
      ["c", "a", "b"],
      ["c", "b", "a"],
    ]);
  });

  it("are empty where there is nothing to measure", () => {
    expect(interleave([], 2)).toEqual([[], []]);
  });
});

describe("CPU time", () => {
  const FIELDS = "S 1 2 3 0 -1 4194560 900 0 7 0 321 45 6 7 20 0 9 0 12345 1000000 500";

  it.each(["workerd", "(odd) name", "a) R 9 9 9 9 9 9 9 9 9 9 9 (b"])(
    "of a program named %j is user and system",
    (name) => {
      expect(ticksOf(`4711 (${name}) ${FIELDS}\n`)).toBe(321 + 45);
    },
  );

  it.each(["", "4711 (workerd) S 1 2"])("is not read from %j", (text) => {
    expect(() => ticksOf(text)).toThrow("/proc/PID/stat");
  });

  it("of a thread is the first number of its schedstat", () => {
    expect(nanosecondsOf("60862296 1945329 32\n")).toBe(60_862_296);
    expect(() => nanosecondsOf("0.5 1")).toThrow("schedstat");
  });

  it.runIf(process.platform === "linux")("of this process only grows", () => {
    const clock = cpuClock(process.pid);
    const before = clock();
    expect(before).toBeGreaterThan(0);
    expect(clock()).toBeGreaterThanOrEqual(before);
  });
});

function seen(costs: readonly number[]): Seen {
  const samples = costs.map((cpuMicroseconds) => {
    return { cpuMicroseconds, requestsPerSecond: 1e6 / cpuMicroseconds, busy: 0.5 };
  });
  return { samples, latencies: [1, 2, 3, 40], perSecond: 1000 };
}

describe("figures", () => {
  it("compare round with round before they take the median, so that a slow minute spoils nothing", () => {
    // In the second round the machine was ten times as busy.
    const figures = figuresOf("checked", seen([150, 1500, 160]), "plain", seen([100, 1000, 100]));
    expect(figures).toMatchObject({ name: "checked", base: "plain", ratio: 1.5, cpuMicroseconds: 160, addedMs: 0.06 });
    expect(figures).toMatchObject({ requestsPerSecond: 6250, busy: 0.5, perSecond: 1000, p50Ms: 2, p99Ms: 40 });
  });

  it("are one and nothing for what is compared with itself", () => {
    const base = seen([100, 300]);
    expect(figuresOf("plain", base, "plain", base)).toMatchObject({ ratio: 1, addedMs: 0 });
  });

  it("are refused for rounds that are not the same", () => {
    expect(() => figuresOf("checked", seen([1, 2]), "plain", seen([1]))).toThrow("same rounds");
  });
});

describe("the report", () => {
  const plain: Figures = {
    ...{ name: "plain", base: "plain", ratio: 1, cpuMicroseconds: 100.25, addedMs: 0 },
    ...{ requestsPerSecond: 10000, busy: 0.5, perSecond: 1000, p50Ms: 0.5, p99Ms: 4 },
  };
  const checked: Figures = { ...plain, name: "checked", ratio: 1.55555, cpuMicroseconds: 155, addedMs: 0.05475 };
  const unchecked: Figures = { ...plain, name: "quick", ratio: 0.5, busy: 0.99, perSecond: 200 };

  it("is a table that begins with the ratio", () => {
    expect(table([plain, checked]).split("\n")).toEqual([
      "         ratio  against  CPU µs  added ms  requests/s  at/s  p50 ms  p99 ms",
      "plain     1.00  -           100         -       10000  1000    0.50     4.0",
      "checked   1.56  plain       155     0.055       10000  1000    0.50     4.0",
    ]);
  });

  it("says where it was the side that asks that could do no more", () => {
    expect(table([plain, unchecked])).toMatch(/quick +0\.50.* ≥10000 +200 /);
  });

  it("is JSON by name", () => {
    expect(JSON.parse(json([plain, checked]))).toEqual({
      plain: { ratio: 1, cpu_us: 100.25, rps: 10000, p50_ms: 0.5, p99_ms: 4 },
      checked: { ratio: 1.556, cpu_us: 155, rps: 10000, p50_ms: 0.5, p99_ms: 4 },
    });
  });
});

describe("options", () => {
  const names = ["hit", "verify"];

  it("name a benchmark and how much of it", () => {
    expect(parseOptions(["verify", "--json", "out.json", "--rounds", "3", "--requests", "50"], names)).toEqual({
      ...{ name: "verify", json: "out.json", peers: null },
      effort: { rounds: 3, requests: 50 },
    });
    expect(parseOptions(["hit"], names)).toMatchObject({ name: "hit", json: null, peers: null });
  });

  it("name the folder in which others are installed", () => {
    expect(parseOptions(["hit", "--peers", "elsewhere"], names)).toMatchObject({ peers: "elsewhere", effort: {} });
  });

  it.each([[[]], [["miss"]], [["hit", "verify"]], [["hit", "--rounds", "0"]], [["hit", "--requests", "many"]]])(
    "are not understood as %j",
    (args) => {
      expect(parseOptions(args, names)).toBeNull();
    },
  );
});

describe("links under test", () => {
  it("are signed at seconds of their own, on several days, and good for a day yet where they live for a week", () => {
    const now = Date.UTC(2026, 10, 20, 12);
    const moments = signingMoments(now).map((moment) => moment.getTime());
    expect(new Set(moments).size).toBe(LINKS);
    expect(new Set(moments.map((moment) => new Date(moment).getUTCDate())).size).toBeGreaterThan(5);
    expect(moments.every((moment) => moment % 1000 === 0 && moment < now)).toBe(true);
    expect(Math.min(...moments) + 7 * 24 * 3_600_000).toBeGreaterThan(now + 20 * 3_600_000);
  });
});

describe("load", () => {
  let server: Server;

  afterEach(async () => {
    hangUp();
    await close(server);
  });

  /** A server that notes what it was asked and redirects. */
  async function startServer(): Promise<{ asked: string[]; target(path: string): Target }> {
    const asked: string[] = [];
    server = createServer((request, response) => {
      asked.push(`${request.headers.host}${request.url}`);
      response.writeHead(302, { location: "/f/x" }).end();
    });
    const port = await listen(server, 0);
    return {
      asked,
      target: (path) => ({ port, host: "tenant.invalid", path, status: 302, headers: { location: /^\/f\// } }),
    };
  }

  it("asks the targets in turn, exactly as often as was wished", async () => {
    const { asked, target } = await startServer();
    const { seconds, busy } = await closedLoop(inTurn([target("/a"), target("/b")]), 5, 2);
    expect(seconds).toBeGreaterThan(0);
    expect(busy).toBeGreaterThan(0);
    expect(busy).toBeLessThanOrEqual(1);
    expect(asked.sort()).toEqual(["a", "a", "a", "b", "b"].map((name) => `tenant.invalid/${name}`));
  });

  it("times every request of a steady rate", async () => {
    const { asked, target } = await startServer();
    const next = inTurn([target("/a"), target("/b")]);
    const { latencies, errors } = await steadyRate(next, { perSecond: 1000, seconds: 0.01 });
    expect(errors).toEqual([]);
    expect(latencies).toHaveLength(10);
    expect(latencies.every((latency) => latency > 0)).toBe(true);
    expect(asked).toHaveLength(10);
  });

  it("stops at an answer that is not what is measured", async () => {
    const { target } = await startServer();
    await expect(ask({ ...target("/a"), status: 200 })).rejects.toThrow("answered 302");
    const other = { ...target("/a"), headers: { location: /^\/origin/ } };
    await expect(closedLoop(inTurn([target("/a"), other]), 2, 1)).rejects.toThrow("location: /f/x");
  });

  it("goes on at a steady rate whatever is answered, and tells what went wrong", async () => {
    const { target } = await startServer();
    const other = { ...target("/a"), headers: { location: /^\/origin/ } };
    const { latencies, errors } = await steadyRate(inTurn([target("/a"), other]), { perSecond: 200, seconds: 0.02 });
    expect(latencies).toHaveLength(2);
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringContaining("location: /f/x"),
      expect.stringContaining("location: /f/x"),
    ]);
  });

  it("has nothing to ask without a target", () => {
    expect(inTurn([])).toThrow("nothing to ask");
  });
});
