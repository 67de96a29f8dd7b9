import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEntries, preload } from "../stack/entries.ts";
import { askProxy } from "../stack/requests.ts";
import { withStack } from "../stack/with-stack.ts";
import { EXPIRED_LARGE, EXPIRY, expiringPath } from "./cases/expiry.ts";
import { faultCases } from "./cases.ts";
import { rangeOf, status } from "./origin/answers.ts";
import { IN_THE_MIDDLE, LARGE, PART_BYTES, PARTS } from "./origin/bodies.ts";
import { startRawOrigin } from "./origin/raw-origin.ts";
import { check } from "./run/check.ts";
import { type RunningCase, startCases, urlOf } from "./run/running-case.ts";
import { storeContents } from "./run/store-contents.ts";
import { type Seen, wantAll, watch } from "./run/watch.ts";

/** Short, since each stall holds back the local queue for as long, and long enough for a machine that is busy. */
const IDLE_MS = 5_000;
/** Far more than it takes: tests share the machine. */
const PATIENCE_MS = 400_000;

const NOTHING: Seen = { entry: null, asked: 0, downloads: [] };

const foreign = await startRawOrigin(status(200));
const matrix = await startCases(faultCases(foreign));
const expiring = await startCases(EXPIRY);
afterAll(async () => void (await Promise.all([foreign, matrix, expiring].map((each) => each.stop()))));

const stack = withStack(async () => ({
  originRules: [...matrix.rules, ...expiring.rules],
  vars: { FILL_IDLE_MS: String(IDLE_MS), RETRY_LONGEST_SECONDS: "2", TENANT_FILLS: "200" },
}));

/** Wants a copy of all of them, and holds each to its row when its fill has ended. */
function rows(cases: readonly RunningCase[]): void {
  let seen = new Map<string, Seen>();
  beforeAll(async () => {
    await wantAll(stack(), cases);
    seen = await watch(stack(), cases, PATIENCE_MS);
  }, 2 * PATIENCE_MS);

  it.each(cases)("$name", (row) => {
    check(row, seen.get(row.name) ?? NOTHING);
  });
}

describe("an origin that misbehaves", () => rows(matrix.cases));

describe("a URL that ends before its object is there", () => {
  rows(expiring.cases);

  it("is made up for by a fresh one, and what is there already is not asked for again", async () => {
    const row = expiring.cases.find(({ name }) => name === EXPIRED_LARGE.name);
    if (!row) throw new Error("it is not among the rows");
    const before = row.running.asked.length;
    await preload(stack(), { url: `${row.running.url}${expiringPath(600)}`, hash: row.name });
    const seen = await watch(stack(), [row], PATIENCE_MS);
    check({ ...row, ends: { ready: LARGE }, asked: before + PARTS }, seen.get(row.name) ?? NOTHING);
    const firsts = row.running.asked.slice(before).map((asked) => rangeOf(asked)?.first ?? 0);
    // One part more may have been under way: it was not whole.
    expect(Math.min(...firsts)).toBeGreaterThanOrEqual(IN_THE_MIDDLE - PART_BYTES);
  });
});

describe("when all has ended", () => {
  it("the store holds what is told of and nothing else, and no upload is open", async () => {
    const told = (await listEntries(stack())).flatMap(({ generation }) => generation ?? []);
    const ready = matrix.cases.filter(({ ends }) => "ready" in ends);
    expect(told).toHaveLength(ready.length + 1);
    const held = () => {
      const { objects, openUploads } = storeContents(stack());
      return { generations: objects.map((key) => key.split("/").at(-1)).sort(), openUploads };
    };
    await expect.poll(held, { timeout: PATIENCE_MS }).toEqual({ generations: told.toSorted(), openUploads: [] });
  });

  it("no connection to an origin is left open", async () => {
    const open = () => matrix.cases.filter(({ running }) => running.open() > 0).map(({ name }) => name);
    await expect.poll(open, { timeout: PATIENCE_MS }).toEqual([]);
  });

  it("whoever asks for what could not be copied is sent to the origin", async () => {
    for (const row of matrix.cases.filter(({ ends }) => "failed" in ends)) {
      const { status, location } = await askProxy(stack(), urlOf(row), { extra: { hash: row.name } });
      expect([status, location]).toEqual([302, urlOf(row)]);
    }
  });
});
