import { describe, expect, test } from "vitest";
import { KEY_MEMORY_MS, rememberKeys, USE_NOTED_MS } from "../../../src/platform/cloudflare/remembered-keys.ts";
import { HOUR, NOON, tenantCaller, tenantId } from "../../core/samples.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { fakeApiKeys } from "../../fakes/directory.ts";

/** An isolate in front of keys that tell how often they were asked. */
function isolate() {
  const inner = fakeApiKeys();
  const clock = fakeClock(NOON);
  const asked: string[] = [];
  const find = async (hash: string) => {
    asked.push(hash);
    return await inner.find(hash);
  };
  const work: Promise<unknown>[] = [];
  const keys = rememberKeys({ ...inner, find }, clock, (promise) => work.push(promise));
  return { inner, clock, asked, keys, settled: () => Promise.all(work.splice(0)) };
}

const CALLER = tenantCaller(tenantId("acme"));

describe("what an isolate remembers of a key", () => {
  test("is asked for again well within a minute, so that a revoked one opens nothing after that", async () => {
    const { inner, clock, asked, keys } = isolate();
    expect(KEY_MEMORY_MS).toBeLessThan(60_000);
    inner.callers.set("mine", CALLER);
    expect(await keys.find("mine")).toEqual(CALLER);
    inner.callers.delete("mine");
    clock.advance(KEY_MEMORY_MS - 1);
    expect(await keys.find("mine")).toEqual(CALLER);
    expect(asked).toEqual(["mine"]);
    clock.advance(1);
    expect(await keys.find("mine")).toBeNull();
  });

  test("ends with the key", async () => {
    const { inner, clock, keys, asked } = isolate();
    inner.callers.set("mine", { ...CALLER, expiresAt: NOON + 1_000 });
    await keys.find("mine");
    clock.advance(1_000);
    await keys.find("mine");
    expect(asked).toEqual(["mine", "mine"]);
  });

  test("is nothing of a key that is nobody's: a new one works at once", async () => {
    const { inner, keys } = isolate();
    expect(await keys.find("mine")).toBeNull();
    inner.callers.set("mine", CALLER);
    expect(await keys.find("mine")).toEqual(CALLER);
  });

  test("is forgotten when it is revoked here, also where it is asked for meanwhile", async () => {
    const { inner, keys } = isolate();
    inner.callers.set("mine", CALLER);
    await keys.find("mine");
    const meanwhile = keys.find("mine");
    inner.callers.delete("mine");
    keys.forget("mine");
    await meanwhile;
    expect(await keys.find("mine")).toBeNull();
  });

  test("is nothing where nobody could say", async () => {
    const { clock } = isolate();
    const down = { find: async () => Promise.reject(new Error("down")), used: async () => {} };
    await expect(rememberKeys(down, clock, () => {}).find("mine")).rejects.toThrow("down");
  });
});

describe("a key's use", () => {
  test("is written down once an hour, and not for a key that is nobody's", async () => {
    const { inner, clock, keys, settled } = isolate();
    inner.callers.set("mine", CALLER);
    for (let time = 0; time < 3; time++) await keys.find("mine");
    await keys.find("nobodys");
    await settled();
    expect(inner.uses).toEqual([["mine", NOON]]);
    clock.advance(USE_NOTED_MS);
    await keys.find("mine");
    await settled();
    expect(inner.uses).toEqual([
      ["mine", NOON],
      ["mine", NOON + HOUR],
    ]);
  });
});
