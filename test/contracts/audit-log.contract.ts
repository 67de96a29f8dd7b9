import { describe, expect, test } from "vitest";
import { type AuditEvent, type AuditFilter, EVERY_RECORD } from "../../src/core/audit.ts";
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

    test("tells who it was, as they were called then", async () => {
      const { log, tenants } = await make();
      const key = { by: "key", id: "key-1", name: "the build's", operator: null } as const;
      const person = { by: "person", id: "user-1", name: "Анна", operator: "user-9" } as const;
      for (const who of [key, person]) await log.record(eventOf(tenants[0], { who }), NOON);
      await log.record(eventOf(tenants[0]), NOON);
      const records = await log.list(tenants[0], { before: null, limit: 9 });
      expect(records.map(({ who }) => who)).toEqual([undefined, person, key]);
    });

    test.each<[string, Partial<AuditFilter>, string[]]>([
      ["an action", { action: "keys.add" }, ["1"]],
      ["actions that begin alike", { action: "keys." }, ["2", "1"]],
      ["what is only the beginning of an action's name", { action: "keys" }, []],
      ["who did it", { who: "user-1" }, ["3", "2"]],
      [
        "a time, its beginning included and its end not",
        { since: NOON + SECOND, until: NOON + 3 * SECOND },
        ["2", "1"],
      ],
      ["all of that", { action: "keys.", who: "user-1", since: NOON }, ["2"]],
      ["nothing of it", {}, ["3", "2", "1", "0"]],
    ])("tells of %s alone where that is asked for", async (_, asked, expected) => {
      const { log, tenants } = await make();
      const anna = { by: "person", id: "user-1", name: "Anna", operator: null } as const;
      const events: Partial<AuditEvent>[] = [
        { action: "purge" },
        { action: "keys.add", who: { ...anna, id: "user-2" } },
        { action: "keys.revoke", who: anna },
        { action: "keysight", who: anna },
      ];
      for (const [at, event] of events.entries()) {
        await log.record(eventOf(tenants[0], { ...event, requestId: String(at) }), NOON + at * SECOND);
      }
      const filter = { ...EVERY_RECORD, ...asked };
      const all = await log.list(tenants[0], { before: null, limit: 9, filter });
      expect(all.map(({ requestId }) => requestId)).toEqual(expected);
      const [newest] = all;
      if (!newest) return;
      const rest = await log.list(tenants[0], { before: newest.id, limit: 9, filter });
      expect(rest.map(({ requestId }) => requestId)).toEqual(expected.slice(1));
    });

    test("is a tenant's own", async () => {
      const { log, tenants } = await make();
      await log.record(eventOf(tenants[0]), NOON);
      expect(await log.list(tenants[1], { before: null, limit: 9 })).toEqual([]);
    });
  });
}
