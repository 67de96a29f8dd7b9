import { ExpiringMap } from "../../core/expiring-map.ts";
import type { Tenant, TenantName } from "../../core/tenant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import { BudgetExceeded, withinBudget } from "../../ports/time-budget.ts";
import { inBackground } from "./background.ts";
import { type Answer, nameText } from "./stored-tenant.ts";

/** An answer is not asked for again within this time, in ms. */
export const FRESH_MS = 30_000;
/** How long a request waits for a newer answer than the one that is remembered, in ms. */
const REFRESH_BUDGET_MS = 90;
/** When refreshing failed, the remembered answer serves this long before the next try, in ms. */
const RETRY_AFTER_MS = 5_000;
/** Names that one isolate remembers, of tenants and of nobody each. */
const REMEMBERED_NAMES = 1_000;

/**
 * Isolate memory in front of the directory `inner`. When that fails or takes longer than its budget, the last answer is
 * given again, however old: nothing of ours is needed to redirect. Rejects only where nothing is remembered. That a name
 * is nobody's is remembered apart, so that made-up names push no tenant out.
 */
export function rememberTenants(inner: TenantDirectory, clock: Clock, background = inBackground): TenantDirectory {
  const tenants = new ExpiringMap<Remembered>(REMEMBERED_NAMES);
  const nobodies = new ExpiringMap<Remembered>(REMEMBERED_NAMES);

  const pending = new Map<string, Promise<Tenant | null>>();
  let changes = 0;

  async function look(name: TenantName, text: string): Promise<Tenant | null> {
    const askedAt = changes;
    const tenant = await inner.find(name);
    if (changes !== askedAt) return tenant;
    (tenant ? nobodies : tenants).delete(text);
    (tenant ? tenants : nobodies).set(text, { tenant, askAgainAt: clock.now() + FRESH_MS }, Number.POSITIVE_INFINITY);
    return tenant;
  }

  function ask(name: TenantName, text: string): Promise<Tenant | null> {
    const answer = look(name, text).finally(() => {
      if (pending.get(text) === answer) pending.delete(text);
    });
    pending.set(text, answer);
    background(answer);
    return answer;
  }

  /** A crowd that finds nothing remembered waits for one look-up: a thousand of them would be a directory's end. */
  async function askTogether(name: TenantName, text: string): Promise<Tenant | null> {
    const answer = pending.get(text);
    if (!answer) return await ask(name, text);
    try {
      return await withinBudget("the tenant directory", REFRESH_BUDGET_MS, answer);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      // The runtime drops the work of a request that was cancelled, and who waits for that would wait for ever.
      if (pending.get(text) === answer) pending.delete(text);
      return await askTogether(name, text);
    }
  }

  /** What is on its way was perhaps asked for before the change: those who wait get it, and nobody after them. */
  function drop(names: readonly TenantName[]): void {
    changes += 1;
    for (const text of names.map(nameText)) {
      tenants.delete(text);
      nobodies.delete(text);
      pending.delete(text);
    }
  }

  return {
    async find(name) {
      const text = nameText(name);
      const now = clock.now();
      const known = tenants.get(text, now) ?? nobodies.get(text, now);
      if (!known) return await askTogether(name, text);
      if (now < known.askAgainAt) return known.tenant;
      // One request asks; those that come meanwhile, or soon after it failed, take what is there.
      known.askAgainAt = now + RETRY_AFTER_MS;
      try {
        return await withinBudget("the tenant directory", REFRESH_BUDGET_MS, ask(name, text));
      } catch {
        return known.tenant;
      }
    },

    async forget(names) {
      drop(names);
      await inner.forget(names);
      // Once more: `inner` may have given the old answer until now.
      drop(names);
    },
  };
}

type Remembered = Answer & { askAgainAt: number };
