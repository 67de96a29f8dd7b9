import { expect, test, vi } from "vitest";
import { sharedFind } from "../../../../src/platform/postgres/shared-find.ts";
import { newKey } from "../../../contracts/keys.ts";
import { noteOf } from "../../../contracts/notes.ts";
import { NOON } from "../../../core/samples.ts";
import { fakeEntryLedger } from "../../../fakes/entry-ledger.ts";

/** A ledger that knows half of these keys, and what it was asked. */
async function halfKnown(count: number) {
  const keys = Array.from({ length: count }, () => newKey());
  const ledger = fakeEntryLedger();
  await ledger.noteFills(
    keys.filter((_, at) => at % 2 === 0).map((key) => noteOf(key)),
    NOON,
  );
  const asked = { find: vi.spyOn(ledger, "find"), findMany: vi.spyOn(ledger, "findMany") };
  const background: Promise<unknown>[] = [];
  return { keys, asked, background, find: sharedFind(ledger, (work) => background.push(work)) };
}

test("who asks at the same time shares a query, and each gets what is theirs", async () => {
  const { keys, asked, find, background } = await halfKnown(50);
  const found = await Promise.all(keys.map(find));
  expect(found.map((entry) => entry?.key ?? null)).toEqual(keys.map((key, at) => (at % 2 === 0 ? key : null)));
  expect([asked.find.mock.calls.length, asked.findMany.mock.calls.length, background.length]).toEqual([0, 1, 1]);
});

test("who comes alone asks alone, and one after the other has a query of their own", async () => {
  const { keys, asked, find } = await halfKnown(3);
  for (const key of keys) await find(key);
  expect([asked.find.mock.calls.length, asked.findMany.mock.calls.length]).toEqual([3, 0]);
});

test("a query holds at most a hundred keys", async () => {
  const { keys, asked, find } = await halfKnown(250);
  await Promise.all(keys.map(find));
  expect(asked.findMany.mock.calls.map(([together]) => together.length)).toEqual([100, 100, 50]);
});

test("a failure reaches all who share the query, and nobody after them", async () => {
  const { keys, asked, find, background } = await halfKnown(4);
  asked.findMany.mockRejectedValueOnce(new Error("Postgres is away"));
  const outcomes = await Promise.allSettled(keys.map(find));
  expect(outcomes.map(({ status }) => status)).toEqual(keys.map(() => "rejected"));
  await expect(Promise.all(background)).resolves.toBeDefined();
  await Promise.all(keys.map(find));
});
