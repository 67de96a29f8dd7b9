import { entryKeyOf } from "../core/entry-key.ts";
import type { TenantId } from "../core/tenant.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { Report } from "./in-background.ts";

/** How long a dependency may take to show that it is alive, in ms. */
const HEALTH_BUDGET_MS = 2000;
/** Asks every part after an entry that nobody can have: tenants have names. */
const NOBODY = entryKeyOf("" as TenantId, "health");

export type HealthParts = {
  readonly index: EntryIndex;
  readonly ledger: EntryLedger;
  readonly store: ObjectStore;
  readonly gate: FillGate;
  readonly queue: FillQueue;
  readonly report: Report;
};

export type Health = {
  readonly status: "ok" | "degraded";
  readonly dependencies: Readonly<Record<string, "ok" | "down">>;
};

/** Asks each dependency for a sign of life. Changes nothing. */
export async function health({ index, ledger, store, gate, queue, report }: HealthParts): Promise<Health> {
  const signs: Record<string, () => Promise<unknown>> = {
    index: () => index.get(NOBODY),
    ledger: () => ledger.find(NOBODY),
    store: () => store.head("health"),
    gate: () => gate.progress(NOBODY),
    queue: () => queue.backlog(),
  };
  const states = Object.entries(signs).map(async ([what, sign]) => {
    try {
      await withinBudget(what, HEALTH_BUDGET_MS, sign());
      return [what, "ok"] as const;
    } catch (error) {
      report(what, error);
      return [what, "down"] as const;
    }
  });
  const dependencies = Object.fromEntries(await Promise.all(states));
  const degraded = Object.values(dependencies).includes("down");
  return { status: degraded ? "degraded" : "ok", dependencies };
}
