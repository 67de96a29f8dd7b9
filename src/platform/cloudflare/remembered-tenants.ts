import { ExpiringMap } from "../../core/expiring-map.ts";
import { Patience } from "../../core/patience.ts";
import type { Tenant, TenantName } from "../../core/tenant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import { BudgetExceeded, withinBudget } from "../../ports/time-budget.ts";
import { together } from "../../ports/together.ts";
import { inBackground } from "./background.ts";
import { type Answer, nameText } from "./stored-tenant.ts";

export type RememberTenantsOptions = {
  /** A tenant is, or may be, not what was told of it before: whatever was decided by that may be wrong now. */
  readonly changed?: () => void;
  readonly background?: typeof inBackground;
};

/** An answer is not asked for again within this time, in ms. */
export const FRESH_MS = 30_000;
/** How long a request waits for a newer answer than the one that is remembered, in ms. */
const REFRESH_BUDGET_MS = 90;
/** When refreshing failed, the remembered answer serves this long before the next try, in ms. */
export const RETRY_AFTER_MS = 5_000;
/** Names that one isolate remembers, of tenants and of nobody each. */
const REMEMBERED_NAMES = 1_000;

/**
 * Isolate memory in front of the directory `inner`. When that fails or takes longer than its budget, the last answer is
 * given again, however old: nothing of ours is needed to redirect. Where it took longer again and again, nobody waits for it
 * before it has answered in time. Rejects only where nothing is remembered. That a name
 * is nobody's is remembered apart, so that made-up names push no tenant out.
 */
export function rememberTenants(
  inner: TenantDirectory,
  clock: Clock,
  { changed = () => {}, background = inBackground }: RememberTenantsOptions = {},
): TenantDirectory {
  const tenants = new ExpiringMap<Remembered>(REMEMBERED_NAMES);
  const nobodies = new ExpiringMap<Remembered>(REMEMBERED_NAMES);

  const questions = together<Tenant | null>("the tenant directory", REFRESH_BUDGET_MS, clock);
  const patience = new Patience(REFRESH_BUDGET_MS);
  let changes = 0;

  async function look(name: TenantName, text: string): Promise<Tenant | null> {
    const [asOf, askedAt] = [changes, clock.now()];
    const tenant = await inner.find(name);
    patience.answered(askedAt, clock.now());
    if (changes !== asOf) return tenant;
    const before = remembered(text, clock.now());
    if (before && !isSame(before.tenant, tenant)) changed();
    (tenant ? nobodies : tenants).delete(text);
    (tenant ? tenants : nobodies).set(text, { tenant, askAgainAt: clock.now() + FRESH_MS }, Number.POSITIVE_INFINITY);
    return tenant;
  }

  /** A crowd that finds nothing remembered waits for one look-up: a thousand of them would be a directory's end. */
  async function ask(name: TenantName, text: string): Promise<Tenant | null> {
    return await questions.ask(text, () => {
      const answer = look(name, text);
      background(answer);
      return answer;
    });
  }

  /** What is on its way was perhaps asked for before the change: those who wait get it, and nobody after them. */
  function drop(names: readonly TenantName[]): void {
    changes += 1;
    for (const text of names.map(nameText)) {
      tenants.delete(text);
      nobodies.delete(text);
      questions.drop(text);
    }
    changed();
  }

  function remembered(text: string, now: number): Remembered | undefined {
    return tenants.get(text, now) ?? nobodies.get(text, now);
  }

  return {
    atHand(name) {
      const now = clock.now();
      const answer = remembered(nameText(name), now);
      return answer && now < answer.askAgainAt ? answer.tenant : undefined;
    },

    async find(name) {
      const text = nameText(name);
      const now = clock.now();
      const known = remembered(text, now);
      if (!known) return await ask(name, text);
      if (now < known.askAgainAt) return known.tenant;
      // One request asks; those that come meanwhile, or soon after it failed, take what is there.
      known.askAgainAt = now + RETRY_AFTER_MS;
      const newer = ask(name, text);
      if (!patience.waits(now)) {
        newer.catch(() => {});
        return known.tenant;
      }
      try {
        return await withinBudget("the tenant directory", REFRESH_BUDGET_MS, newer);
      } catch (error) {
        if (error instanceof BudgetExceeded) patience.late(now, clock.now());
        return known.tenant;
      }
    },

    async forget(names) {
      drop(names);
      try {
        await inner.forget(names);
      } finally {
        // Once more: `inner` may have given the old answer until now.
        drop(names);
      }
    },
  };
}

type Remembered = Answer & { askAgainAt: number };

/** Both are plain data, read from the same text or by the same query: their fields come in one order. */
function isSame(one: Tenant | null, other: Tenant | null): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
