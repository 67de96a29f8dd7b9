import type { TenantName } from "../../core/tenant.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import { withinBudget } from "../../ports/time-budget.ts";
import { inBackground } from "./background.ts";
import { type Answer, nameText, readAnswer, writeAnswer } from "./stored-tenant.ts";

/** How long KV (50 ms) and Postgres (40 ms) may take together before the last known tenant answers for them. */
const DIRECTORY_BUDGET_MS = 90;
/** How long they may take when no last known tenant is there, in ms: the only other answer is an error. */
const PATIENCE_MS = 2000;
/** Seconds. The colo may let go earlier, and does when nobody asks. */
const KEPT_FOR_S = 30 * 24 * 60 * 60;

/**
 * Falls back on the last answer that this colo saw when `inner` fails or is slow, also in an isolate that has just
 * started: nothing of ours is needed to redirect. That a host was nobody's is an answer too: after it comes the site.
 * Fails open as to age, never as to whose a name is. The Cache API does nothing on workers.dev:
 * https://developers.cloudflare.com/workers/runtime-apis/cache/
 */
export function lastKnownTenants(cache: Cache, inner: TenantDirectory, background = inBackground): TenantDirectory {
  let changes = 0;

  /** An answer from before a change may not stay, were it written while that change was forgotten. */
  async function keep(name: TenantName, answer: Answer, askedAt: number): Promise<void> {
    if (changes !== askedAt) return;
    await remember(cache, name, answer);
    if (changes !== askedAt) await remove(cache, name);
  }

  return {
    async find(name) {
      const askedAt = changes;
      const answer = inner.find(name).then((tenant) => {
        background(keep(name, { tenant }, askedAt));
        return tenant;
      });
      try {
        return await withinBudget("the tenant directory", DIRECTORY_BUDGET_MS, answer);
      } catch {
        const known = await recall(cache, name);
        if (!known) return await withinBudget("the tenant directory", PATIENCE_MS, answer);
        background(answer);
        return known.tenant;
      }
    },

    /** In this colo only: another one goes on with what it saw last for as long as everything else of ours is away. */
    async forget(names) {
      await inner.forget(names);
      changes += 1;
      const removed = Promise.all(names.map((name) => remove(cache, name)));
      await withinBudget("the cache", PATIENCE_MS, removed).catch(() => {});
    },
  };
}

async function remember(cache: Cache, name: TenantName, answer: Answer): Promise<void> {
  const headers = { "Cache-Control": `max-age=${KEPT_FOR_S}` };
  await cache.put(address(name), new Response(writeAnswer(answer), { headers }));
}

async function remove(cache: Cache, name: TenantName): Promise<void> {
  try {
    await cache.delete(address(name));
  } catch {
    // Then it is there until the next answer takes its place.
  }
}

async function recall(cache: Cache, name: TenantName): Promise<Answer | null> {
  try {
    const kept = await cache.match(address(name));
    return kept ? readAnswer(await kept.text()) : null;
  } catch {
    return null;
  }
}

/** A name of ours alone: `.invalid` is nobody's host (RFC 2606). */
function address(name: TenantName): string {
  return `https://last-known-tenants.invalid/${encodeURIComponent(nameText(name))}`;
}
