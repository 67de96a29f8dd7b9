import type { Tenant, TenantName } from "../../core/tenant.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import { withinBudget } from "../../ports/time-budget.ts";
import { inBackground } from "./background.ts";
import { KV_SHORTEST_CACHE_S, KV_SHORTEST_LIFE_S } from "./kv-limits.ts";
import { nameText, readAnswer, writeAnswer } from "./stored-tenant.ts";

/** How long KV may take, in ms, before the directory behind it is asked. */
export const KV_BUDGET_MS = 50;
/** How long KV may take to forget, in ms: whoever waits for that has changed a setting, and is no download. */
const FORGET_BUDGET_MS = 1000;

/**
 * Workers KV in front of the directory `inner`, under `tenant:host:…`, `tenant:site:…` and `tenant:id:…`. KV lets go
 * after a minute, so a changed tenant is seen within two. Whatever is wrong with KV, `inner` decides; what it finds is
 * written back in the background. That nobody has a name is not kept: strangers make up any number of them.
 */
export function kvTenants(kv: KVNamespace, inner: TenantDirectory, background = inBackground): TenantDirectory {
  let changes = 0;

  /** An answer from before a change may not stay, were it written while that change was forgotten. */
  async function keep(name: TenantName, tenant: Tenant, askedAt: number): Promise<void> {
    if (changes !== askedAt) return;
    await write(kv, name, tenant);
    if (changes !== askedAt) await remove(kv, name);
  }

  return {
    async find(name) {
      const known = await readWithinBudget(kv, name);
      if (known) return known;
      const askedAt = changes;
      const tenant = await inner.find(name);
      if (tenant) background(keep(name, tenant, askedAt));
      return tenant;
    },

    async forget(names) {
      await inner.forget(names);
      changes += 1;
      const removed = Promise.all(names.map((name) => remove(kv, name)));
      await withinBudget("KV", FORGET_BUDGET_MS, removed).catch(() => {});
    },
  };
}

async function readWithinBudget(kv: KVNamespace, name: TenantName): Promise<Tenant | null> {
  try {
    const read = kv.get(key(name), { type: "text", cacheTtl: KV_SHORTEST_CACHE_S });
    const text = await withinBudget("KV", KV_BUDGET_MS, read);
    return (text === null ? null : readAnswer(text))?.tenant ?? null;
  } catch {
    return null;
  }
}

async function write(kv: KVNamespace, name: TenantName, tenant: Tenant): Promise<void> {
  try {
    await kv.put(key(name), writeAnswer({ tenant }), { expirationTtl: KV_SHORTEST_LIFE_S });
  } catch {
    // KV takes one write per second and key: then somebody else has just written it.
  }
}

async function remove(kv: KVNamespace, name: TenantName): Promise<void> {
  try {
    await kv.delete(key(name));
  } catch {
    // It lets go by itself after a minute.
  }
}

function key(name: TenantName): string {
  return `tenant:${nameText(name)}`;
}
