import { describe, expect, test } from "vitest";
import type { TenantId } from "../../../../src/core/tenant.ts";
import {
  LAST_KNOWN_FOR_MS,
  REMEMBERED_TENANTS,
  TOGETHER_MS,
} from "../../../../src/platform/cloudflare/known-withdrawals.ts";
import { KNOWN_FOR_MS, WITHDRAWN_AFTER_MS } from "../../../../src/ports/withdrawals.ts";
import { newTenant } from "../../../contracts/keys.ts";
import { epochOf, isolate } from "./isolate.ts";

describe("what is known", () => {
  test("nothing, before anybody asked", async () => {
    const { known, tenant, log } = isolate();
    expect(known.known(tenant)).toBeNull();
    expect(log.reads).toEqual([]);
  });

  test("what the log said, for a second", async () => {
    const { known, tenant, log, clock } = isolate();
    await log.revokeLinks(tenant);
    for (const ms of [0, KNOWN_FOR_MS * 0.75 - 1]) {
      clock.advance(ms);
      expect(await epochOf(known.find(tenant))).toBe(1);
      expect(known.known(tenant)?.epoch).toBe(1);
    }
    expect(log.reads).toHaveLength(1);
  });

  test("nothing, when a second has gone by", async () => {
    const { known, tenant, log, clock } = isolate();
    await known.find(tenant);
    clock.advance(KNOWN_FOR_MS);
    expect(known.known(tenant)).toBeNull();
    await known.find(tenant);
    expect(log.reads).toHaveLength(2);
  });

  test("what is near is asked for anew in the last quarter of its time", async () => {
    const { known, tenant, log, clock } = isolate();
    await known.find(tenant);
    clock.advance(KNOWN_FOR_MS * 0.75);
    expect(known.known(tenant)?.epoch).toBe(0);
    expect(log.reads).toHaveLength(2);
  });

  test("each tenant's own", async () => {
    const { known, tenant, log } = isolate();
    const other = newTenant();
    await log.revokeLinks(other);
    expect(await epochOf(known.find(tenant))).toBe(0);
    expect(await epochOf(known.find(other))).toBe(1);
  });

  test("not what was said before the clock was put back", async () => {
    const { known, tenant, log, clock } = isolate();
    await known.find(tenant);
    clock.advance(-1);
    expect(known.known(tenant)).toBeNull();
    await known.find(tenant);
    expect(known.known(tenant)).not.toBeNull();
    expect(log.reads).toHaveLength(2);
  });

  test("what was said in the last five minutes, to make links by", async () => {
    const { known, tenant, clock } = isolate();
    expect(known.lastKnown(tenant)).toBeNull();
    await known.find(tenant);
    clock.advance(LAST_KNOWN_FOR_MS - 1);
    expect([known.known(tenant), known.lastKnown(tenant)?.epoch]).toEqual([null, 0]);
    clock.advance(1);
    expect(known.lastKnown(tenant)).toBeNull();
  });

  test("of so many tenants, those that were asked for last", async () => {
    const { known, log } = isolate();
    const tenants = Array.from({ length: REMEMBERED_TENANTS + 1 }, (_, at) => `tenant-${at}` as TenantId);
    for (const tenant of tenants) await known.find(tenant);
    expect(known.known(tenants[0] as TenantId)).toBeNull();
    // They make room by the hundredth.
    expect(known.known(tenants[REMEMBERED_TENANTS / 50] as TenantId)).not.toBeNull();
    expect(log.reads).toHaveLength(tenants.length);
  });
});

describe("an answer that took its time", () => {
  test("counts from when the question was sent", async () => {
    const { known, tenant, clock, answerAll } = isolate({ slow: true });
    const answer = known.find(tenant);
    clock.advance(KNOWN_FOR_MS - 1);
    await answerAll();
    await answer;
    expect(known.known(tenant)).not.toBeNull();
    clock.advance(1);
    expect(known.known(tenant)).toBeNull();
  });

  test("of more than a second is good for who asked, and for nobody after", async () => {
    const { known, tenant, clock, answerAll, log } = isolate({ slow: true });
    const answer = known.find(tenant);
    clock.advance(KNOWN_FOR_MS);
    await answerAll();
    expect(await epochOf(answer)).toBe(0);
    expect(known.known(tenant)).toBeNull();
    const next = known.find(tenant);
    await answerAll();
    await next;
    expect(log.reads).toHaveLength(2);
  });

  test("does not hide what was withdrawn while it was on its way", async () => {
    const { known, tenant, clock, answerAll, log } = isolate({ slow: true });
    const old = known.find(tenant);
    clock.advance(300);
    await log.revokeLinks(tenant);
    clock.advance(300);
    await answerAll();
    expect(await epochOf(old)).toBe(0);
    // Whoever withdrew it says so after a second, which is 1,300 ms after the question.
    clock.advance(WITHDRAWN_AFTER_MS - 300);
    expect(known.known(tenant)).toBeNull();
    const next = known.find(tenant);
    await answerAll();
    expect(await epochOf(next)).toBe(1);
  });

  test("gives a busy isolate time to ask again before it ends, once, and nobody waits", async () => {
    const { known, tenant, clock, answerAll, log } = isolate({ slow: true });
    const first = known.find(tenant);
    clock.advance(200);
    await answerAll();
    await first;
    await log.revokeLinks(tenant);
    clock.advance(399);
    expect(known.known(tenant)?.epoch).toBe(0);
    expect(log.reads).toHaveLength(1);
    clock.advance(1);
    for (let time = 0; time < 3; time++) expect(known.known(tenant)?.epoch).toBe(0);
    expect(await epochOf(known.find(tenant))).toBe(0);
    expect(log.reads).toHaveLength(2);
    clock.advance(200);
    await answerAll();
    expect(known.known(tenant)?.epoch).toBe(1);
    expect(log.reads).toHaveLength(2);
  });

  test("never takes the place of a newer one", async () => {
    const { known, tenant, clock, answerAll, log, waiting, settled } = isolate({ slow: true });
    const slow = known.find(tenant);
    await settled();
    const [answerSlow] = waiting.splice(0);
    clock.advance(TOGETHER_MS);
    await log.revokeLinks(tenant);
    const quick = known.find(tenant);
    await answerAll();
    expect(await epochOf(quick)).toBe(1);
    answerSlow?.();
    expect(await epochOf(slow)).toBe(0);
    expect(known.known(tenant)?.epoch).toBe(1);
  });
});

test("every question is kept alive beyond its request", async () => {
  const { known, tenant, background, clock } = isolate();
  await known.find(tenant);
  clock.advance(KNOWN_FOR_MS);
  await known.find(tenant);
  expect(background).toHaveLength(2);
});
