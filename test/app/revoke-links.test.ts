import { describe, expect, it } from "vitest";
import { revokeLinks } from "../../src/app/revoke-links.ts";
import { WITHDRAWN_AFTER_MS } from "../../src/ports/withdrawals.ts";
import { NOON, tenantId } from "../core/samples.ts";
import { fakeAuditLog } from "../fakes/audit-log.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeKnownWithdrawals, fakeWithdrawals } from "../fakes/withdrawals.ts";

const [ACME, OTHER] = [tenantId("acme"), tenantId("other")];
const BY = { actor: "operator", address: "192.0.2.7", requestId: "request-1" } as const;

/** A log, an isolate, and what happened one after the other. */
function world() {
  const [log, audit, clock] = [fakeWithdrawals(), fakeAuditLog(), fakeClock(NOON)];
  const steps: string[] = [];
  const reports: string[] = [];
  const known = fakeKnownWithdrawals(log);
  const parts = {
    ...{ audit, clock },
    withdrawals: {
      revokeLinks: async (tenant: typeof ACME) => {
        steps.push("revoke");
        return await log.revokeLinks(tenant);
      },
      forget: (tenant: typeof ACME) => {
        steps.push("forget");
        known.forget(tenant);
      },
    },
    report: (what: string) => void reports.push(what),
    pause: async (ms: number) => {
      steps.push(`pause ${ms}`);
    },
  };
  return { log, audit, known, steps, reports, parts };
}

describe("revoking links", () => {
  it("raises the tenant's epoch and tells it, and no other's", async () => {
    const { log, parts } = world();
    expect(await revokeLinks(ACME, BY, parts)).toBe(1);
    expect(await revokeLinks(ACME, BY, parts)).toBe(2);
    expect((await log.read(OTHER)).epoch).toBe(0);
  });

  it("answers after everybody's knowledge has ended, and forgets its own", async () => {
    const { steps, known, parts } = world();
    await revokeLinks(ACME, BY, parts);
    expect(steps).toEqual(["revoke", `pause ${WITHDRAWN_AFTER_MS}`, "forget"]);
    expect(known.forgotten).toEqual([ACME]);
  });

  it("does not answer before the pause is over", async () => {
    const { parts } = world();
    const over = Promise.withResolvers<void>();
    const order: string[] = [];
    const revoked = revokeLinks(ACME, BY, { ...parts, pause: () => over.promise }).then(() => order.push("answered"));
    await new Promise(setImmediate);
    order.push("over");
    over.resolve();
    await revoked;
    expect(order).toEqual(["over", "answered"]);
  });

  it("is written down: who, from where, and the new epoch", async () => {
    const { audit, parts } = world();
    await revokeLinks(ACME, BY, parts);
    expect(audit.records).toEqual([
      { id: 1, at: NOON, tenant: ACME, action: "links.revoke", detail: { epoch: 1 }, ...BY },
    ]);
  });

  it("holds though it could not be written down", async () => {
    const { log, audit, parts, reports } = world();
    const broken = { ...audit, record: () => Promise.reject(new Error("the database is away")) };
    expect(await revokeLinks(ACME, BY, { ...parts, audit: broken })).toBe(1);
    expect([(await log.read(ACME)).epoch, reports]).toEqual([1, ["audit"]]);
  });

  it("that reaches nobody is 503, written nowhere, and forgets all the same: it may have been done", async () => {
    const { audit, known, parts, steps, reports } = world();
    const withdrawals = { ...parts.withdrawals, revokeLinks: () => Promise.reject(new Error("overloaded")) };
    await expect(revokeLinks(ACME, BY, { ...parts, withdrawals })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect([audit.records, steps, known.forgotten, reports]).toEqual([[], ["forget"], [ACME], ["withdrawals"]]);
  });
});
