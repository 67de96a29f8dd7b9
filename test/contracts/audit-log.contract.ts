import { describe, expect, test } from "vitest";
import type { AuditEvent } from "../../src/core/audit.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { AuditLog } from "../../src/ports/audit-log.ts";
import { NOON, SECOND } from "../core/samples.ts";

export type AuditUnderTest = { readonly log: AuditLog; readonly tenants: readonly [TenantId, TenantId] };

const DETAIL = { tag: "ключ", soft: true, purged: 3, purge: null, keys: ["a", "b"] };

export function auditLogContract(name: string, make: () => Promise<AuditUnderTest>): void {
  const eventOf = (tenant: TenantId, changes: Partial<AuditEvent> = {}): AuditEvent => {
    return {
      tenant,
      actor: "tenant",
      action: "purge",
      detail: DETAIL,
      address: "2001:db8::7",
      requestId: "r",
      ...changes,
    };
  };

  describe(`AuditLog: ${name}`, () => {
    test("tells what was written down, as it was", async () => {
      const { log, tenants } = await make();
      const events = [
        eventOf(tenants[0]),
        eventOf(tenants[0], { actor: "schedule", action: "purge.done", detail: {}, address: null }),
        eventOf(tenants[0], { actor: "operator" }),
      ];
      for (const event of events) await log.record(event, NOON);
      const records = await log.list(tenants[0], { before: null, limit: 9 });
      expect(records).toEqual(events.toReversed().map((event) => ({ ...event, id: expect.any(Number), at: NOON })));
    });

    test("goes from the newest to the oldest, in pages, by the order of writing and not by the clock", async () => {
      const { log, tenants } = await make();
      for (const requestId of ["1", "2", "3", "4", "5"]) {
        await log.record(eventOf(tenants[0], { requestId }), NOON - Number(requestId) * SECOND);
      }
      const told: string[] = [];
      let before: number | null = null;
      for (;;) {
        const page: Awaited<ReturnType<AuditLog["list"]>> = await log.list(tenants[0], { before, limit: 2 });
        told.push(...page.map(({ requestId }) => requestId));
        before = page.at(-1)?.id ?? null;
        if (page.length < 2) break;
      }
      expect(told).toEqual(["5", "4", "3", "2", "1"]);
    });

    test("is a tenant's own", async () => {
      const { log, tenants } = await make();
      await log.record(eventOf(tenants[0]), NOON);
      expect(await log.list(tenants[1], { before: null, limit: 9 })).toEqual([]);
    });
  });
}
