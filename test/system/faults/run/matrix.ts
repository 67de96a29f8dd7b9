import { afterAll, beforeAll, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { listEntries } from "../../stack/entries.ts";
import { askProxy } from "../../stack/requests.ts";
import { withStack } from "../../stack/with-stack.ts";
import { check } from "./check.ts";
import { type RunningCase, type RunningCases, urlOf } from "./running-case.ts";
import { storeContents } from "./store-contents.ts";
import { type Seen, wantAll, watch } from "./watch.ts";

/** Short, since each stall holds back the local queue for as long, and long enough for a machine that is busy. */
const IDLE_MS = 5_000;
/** Far more than it takes: tests share the machine. */
export const PATIENCE_MS = 400_000;

export const NOTHING: Seen = { entry: null, asked: 0, downloads: [] };

/** Gives the tests of this file a stack that may fill from the origins of all these cases, which are stopped in the end. */
export function withFaultStack(cases: readonly RunningCases[]): () => Stack {
  afterAll(async () => void (await Promise.all(cases.map((each) => each.stop()))));
  return withStack(async () => ({
    originRules: cases.flatMap(({ rules }) => rules),
    vars: { FILL_IDLE_MS: String(IDLE_MS), RETRY_LONGEST_SECONDS: "2", TENANT_FILLS: "200" },
  }));
}

/** Wants a copy of all of them, and holds each to its row when its fill has ended. */
export function rows(stack: () => Stack, cases: readonly RunningCase[]): void {
  let seen = new Map<string, Seen>();
  beforeAll(async () => {
    await wantAll(stack(), cases);
    seen = await watch(stack(), cases, PATIENCE_MS);
  }, 2 * PATIENCE_MS);

  it.each(cases)("$name", (row) => {
    check(row, seen.get(row.name) ?? NOTHING);
  });
}

/** What is left of it. `others`: copies that are there beside those of the rows. */
export function whenAllHasEnded(stack: () => Stack, cases: readonly RunningCase[], others = 0): void {
  it("the store holds what is told of and nothing else, and no upload is open", async () => {
    const told = (await listEntries(stack())).flatMap(({ generation }) => generation ?? []);
    const ready = cases.filter(({ ends }) => "ready" in ends);
    expect(told).toHaveLength(ready.length + others);
    const held = () => {
      const { objects, openUploads } = storeContents(stack());
      return { generations: objects.map((key) => key.split("/").at(-1)).sort(), openUploads };
    };
    await expect.poll(held, { timeout: PATIENCE_MS }).toEqual({ generations: told.toSorted(), openUploads: [] });
  });

  it("no connection to an origin is left open", async () => {
    const open = () => cases.filter(({ running }) => running.open() > 0).map(({ name }) => name);
    await expect.poll(open, { timeout: PATIENCE_MS }).toEqual([]);
  });

  it("whoever asks for what could not be copied is sent to the origin", async () => {
    for (const row of cases.filter(({ ends }) => "failed" in ends)) {
      const { status, location } = await askProxy(stack(), urlOf(row), { extra: { hash: row.name } });
      expect([status, location]).toEqual([302, urlOf(row)]);
    }
  });
}
