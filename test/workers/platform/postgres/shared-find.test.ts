import { expect, test, vi } from "vitest";
import type { EntryKey } from "../../../../src/core/entry-key.ts";
import { sharedFind } from "../../../../src/platform/postgres/shared-find.ts";
import { newKey } from "../../../contracts/keys.ts";
import { noteOf } from "../../../contracts/notes.ts";
import { NOON } from "../../../core/samples.ts";
import { fakeClock } from "../../../fakes/clock.ts";
import { fakeEntryLedger } from "../../../fakes/entry-ledger.ts";

/** A ledger that knows half of these keys, and what it was asked. A look-up for one other key is on its way, for as long as wanted. */
async function halfKnown(count: number, { isBusy = true } = {}) {
  const keys = Array.from({ length: count }, () => newKey());
  const ledger = fakeEntryLedger();
  await ledger.noteFills(
    keys.filter((_, at) => at % 2 === 0).map((key) => noteOf(key)),
    NOON,
  );
  const clock = fakeClock(NOON);
  const asked = { find: vi.spyOn(ledger, "find"), findMany: vi.spyOn(ledger, "findMany") };
  const background: Promise<unknown>[] = [];
  const find = sharedFind(ledger, (work) => background.push(work), clock);
  const onItsWay = Promise.withResolvers<null>();
  if (isBusy) {
    asked.find.mockReturnValueOnce(onItsWay.promise);
    void find(newKey());
  }
  return { keys, asked, background, clock, find, answerFirst: () => onItsWay.resolve(null) };
}

/** How many keys each query asked for: those of one key first, then the others. */
function queries({ find, findMany }: Awaited<ReturnType<typeof halfKnown>>["asked"]): number[] {
  return [...find.mock.calls.map(() => 1), ...findMany.mock.calls.map(([keys]) => keys.length)];
}

test("who comes while a query is on its way shares the next one, and each gets what is theirs", async () => {
  const { keys, asked, find } = await halfKnown(50);
  const found = await Promise.all(keys.map(find));
  expect(found.map((entry) => entry?.key ?? null)).toEqual(keys.map((key, at) => (at % 2 === 0 ? key : null)));
  expect(queries(asked)).toEqual([1, 50]);
});

test("who comes alone asks at once, and one after the other has a query of their own", async () => {
  const { keys, asked, find } = await halfKnown(3, { isBusy: false });
  for (const key of keys) {
    const answer = find(key);
    expect(asked.find).toHaveBeenLastCalledWith(key);
    await answer;
  }
  expect(queries(asked)).toEqual([1, 1, 1]);
});

test("a query holds at most a hundred keys", async () => {
  const { keys, asked, find } = await halfKnown(250);
  await Promise.all(keys.map(find));
  expect(queries(asked)).toEqual([1, 100, 100, 50]);
});

test("a failure reaches all who share the query, and nobody after them", async () => {
  const { keys, asked, find, background, answerFirst } = await halfKnown(4);
  asked.findMany.mockRejectedValueOnce(new Error("Postgres is away"));
  const outcomes = await Promise.allSettled(keys.map(find));
  expect(outcomes.map(({ status }) => status)).toEqual(keys.map(() => "rejected"));
  answerFirst();
  // What keeps them alive fails with none of them.
  await expect(Promise.all(background)).resolves.toBeDefined();
  await Promise.all(keys.map(find));
});

test("a query that fails alone holds nobody up", async () => {
  const { keys, asked, find } = await halfKnown(2, { isBusy: false });
  asked.find.mockRejectedValueOnce(new Error("Postgres is away"));
  for (const key of keys) await find(key).catch(() => {});
  expect(queries(asked)).toEqual([1, 1]);
});

test("a query that never ends holds nobody up for long", async () => {
  const { keys, asked, clock, find } = await halfKnown(2);
  clock.advance(50);
  for (const key of keys) await find(key);
  expect(queries(asked)).toEqual([1, 1, 1]);
});

test("those who wait for a query that is never sent are joined by nobody after a while", async () => {
  const { keys, asked, clock, find } = await halfKnown(3);
  const [first, ...later] = keys as [EntryKey, ...EntryKey[]];
  // The runtime drops the timer of a request that is over.
  const drop = vi.spyOn(globalThis, "setTimeout").mockReturnValueOnce(0 as never);
  const stranded = find(first).catch(() => null);
  // At once: other files share these globals.
  drop.mockRestore();
  clock.advance(50);
  const found = await Promise.all(later.map(find));
  expect(found.map((entry) => entry?.key ?? null)).toEqual([null, later[1]]);
  expect(queries(asked)).toEqual([1, 2]);
  expect(await Promise.race([stranded, "waits"])).toBe("waits");
});

test("every look-up is kept alive beyond its request, whoever sends its query", async () => {
  const { keys, find, background, answerFirst } = await halfKnown(10);
  const answers = keys.map(find);
  // One for each, and the query that they share.
  expect(background).toHaveLength(1 + 10 + 1);
  await Promise.all(answers);
  answerFirst();
  await Promise.all(background);
});
