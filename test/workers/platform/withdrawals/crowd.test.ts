import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TOGETHER_MS } from "../../../../src/platform/cloudflare/known-withdrawals.ts";
import { newTenant } from "../../../contracts/keys.ts";
import { epochOf, isolate } from "./isolate.ts";

describe("a crowd", () => {
  test("sends one question for each tenant", async () => {
    const { known, tenant, answerAll, log } = isolate({ slow: true });
    const other = newTenant();
    const answers = [tenant, other].flatMap((of) => Array.from({ length: 50 }, () => known.find(of)));
    await answerAll();
    await Promise.all(answers);
    expect(log.reads).toEqual([tenant, other]);
  });

  test("hears of a failure together, and the next request asks again", async () => {
    const { known, tenant, failing, log } = isolate();
    failing.error = new Error("overloaded");
    const answers = await Promise.allSettled([known.find(tenant), known.find(tenant), known.find(tenant)]);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(log.reads).toHaveLength(1);
    expect(known.known(tenant)).toBeNull();
    failing.error = null;
    expect(await epochOf(known.find(tenant))).toBe(0);
    expect(log.reads).toHaveLength(2);
  });

  test("a failed question ahead of the end takes nothing away from what is known", async () => {
    const { known, tenant, clock, failing, answerAll, log, settled } = isolate({ slow: true });
    const first = known.find(tenant);
    clock.advance(200);
    await answerAll();
    await first;
    clock.advance(500);
    failing.error = new Error("overloaded");
    expect(known.known(tenant)).not.toBeNull();
    await settled();
    expect(known.known(tenant)).not.toBeNull();
    expect(log.reads.length).toBeGreaterThan(1);
  });
});

describe("a question whose request was cancelled", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("is waited for a while; then one of the crowd asks anew, and all of them have its answer", async () => {
    const { known, tenant, clock, answerAll, log, waiting, settled } = isolate({ slow: true });
    known.find(tenant);
    await settled();
    // Nobody will ever answer it.
    waiting.splice(0);
    const crowd = Array.from({ length: 20 }, () => known.find(tenant));
    clock.advance(TOGETHER_MS);
    await vi.advanceTimersByTimeAsync(TOGETHER_MS);
    expect(log.reads).toHaveLength(2);
    await answerAll();
    expect(await Promise.all(crowd)).toHaveLength(20);
    expect(log.reads).toHaveLength(2);
    expect(known.known(tenant)).not.toBeNull();
  });

  test("does not hold up a crowd whose clock stands still", async () => {
    const { known, tenant, answerAll, waiting, settled } = isolate({ slow: true });
    known.find(tenant);
    await settled();
    waiting.splice(0);
    const crowd = [known.find(tenant), known.find(tenant)];
    await vi.advanceTimersByTimeAsync(TOGETHER_MS);
    await answerAll();
    expect(await Promise.all(crowd)).toHaveLength(2);
  });

  test("is joined by nobody who comes later than that", async () => {
    const { known, tenant, clock, answerAll, log } = isolate({ slow: true });
    known.find(tenant);
    clock.advance(TOGETHER_MS);
    const late = known.find(tenant);
    expect(log.reads).toHaveLength(2);
    await answerAll();
    await late;
  });
});
