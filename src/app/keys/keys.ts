import { API_KEY_BYTES, formatApiKey, hashApiKey, shownPrefix } from "../../core/api-key.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { holdsAll, type Scope } from "../../core/people/scopes.ts";
import { limitsOf } from "../../core/plans/plans.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Accounts } from "../../ports/accounts.ts";
import type { Clock } from "../../ports/clock.ts";
import type { KeySettings, NewApiKey, StoredApiKey } from "../../ports/key-settings.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";

/** How long a key lives on beside the one that takes its place, where nobody says, in ms. */
export const GRACE_MS = 24 * 3_600_000;

export type KeyParts = {
  readonly apiKeys: KeySettings;
  readonly accounts: Pick<Accounts, "find">;
  /** What this isolate remembers of keys. */
  readonly keys: { forget(hash: string): void };
  readonly random: (length: number) => Uint8Array;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly report: Report;
};

export type KeyWish = {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** When it ends, ms since the epoch; `null`: never. */
  readonly expiresAt: number | null;
};

/** Who makes keys: nobody hands on what they have not, nor for longer. */
export type Holder = {
  readonly scopes: readonly Scope[];
  /** When the key ends that they show, ms since the epoch; `null`: never, or they are a person. */
  readonly expiresAt: number | null;
};

/** A key with its secret, as it is shown once. */
export type MadeKey = StoredApiKey & { readonly key: string };

/** The tenant's keys, the oldest first. */
export async function listKeys(tenant: TenantId, parts: KeyParts): Promise<readonly StoredApiKey[]> {
  return await reach("keys", parts.apiKeys.list(tenant, parts.clock.now()), parts.report);
}

/** Throws 404 when the tenant has no such key. */
export async function describeKey(tenant: TenantId, id: string, parts: KeyParts): Promise<StoredApiKey> {
  const key = await reach("keys", parts.apiKeys.find(tenant, id, parts.clock.now()), parts.report);
  if (!key) throw new SnapbyteError("NOT_FOUND");
  return key;
}

/**
 * Makes a key. Throws 403 for more than its maker has, or for longer, 400 for an end that has come, 402 when the plan has
 * no room for one more.
 */
export async function addKey(tenant: TenantId, wish: KeyWish, by: Holder, parts: KeyParts): Promise<MadeKey> {
  const now = parts.clock.now();
  admitHanding(by, wish.scopes);
  if (endsAfter(wish.expiresAt, by.expiresAt)) {
    throw new SnapbyteError("INSUFFICIENT_SCOPE", "A key may not outlive the key that makes it: name expires_at.");
  }
  if (wish.expiresAt !== null && wish.expiresAt <= now) {
    throw new SnapbyteError("INVALID_FIELD", "expires_at must be in the future.");
  }
  const account = await reach("accounts", parts.accounts.find(tenant), parts.report);
  const limit = account && limitsOf(account.plan, account.own).keys;
  const { key, row } = await newKey(wish, parts);
  const made = await reach("keys", parts.apiKeys.add(tenant, row, limit, now), parts.report);
  if (made) return { ...made, key };
  throw new SnapbyteError("PLAN_LIMIT", `The plan has room for ${limit} API keys.`, {
    limit: { name: "keys", allowed: limit, until: null },
  });
}

/**
 * Makes a key of the same name and scopes beside one that ends after `graceMs`. Throws 404 when there is no such key, 403
 * where it may do what its rotator may not: they would get hold of that.
 */
export async function rotateKey(
  tenant: TenantId,
  id: string,
  graceMs: number,
  by: Holder,
  parts: KeyParts,
): Promise<MadeKey> {
  const now = parts.clock.now();
  const old = await describeKey(tenant, id, parts);
  admitHanding(by, old.scopes);
  // It lives as long as the old one was to live, but no longer than the key that asks: a stolen one would never end.
  const wished = old.expiresAt === null ? null : now + (old.expiresAt - old.createdAt);
  const expiresAt = endsAfter(wished, by.expiresAt) ? by.expiresAt : wished;
  const { key, row } = await newKey({ ...old, expiresAt }, parts);
  const times = { oldEndsAt: now + graceMs, now };
  const made = await reach("keys", parts.apiKeys.rotate(tenant, id, row, times), parts.report);
  if (!made) throw new SnapbyteError("NOT_FOUND");
  return { ...made, key };
}

/** From here on this isolate refuses the key, and every other within a minute. Throws 404 when there is no such key. */
export async function revokeKey(tenant: TenantId, id: string, parts: KeyParts): Promise<void> {
  const hash = await reach("keys", parts.apiKeys.revoke(tenant, id, parts.clock.now()), parts.report);
  if (hash === null) throw new SnapbyteError("NOT_FOUND");
  parts.keys.forget(hash);
}

/** Whether one end comes after the other, ms since the epoch; `null`: never. */
function endsAfter(one: number | null, other: number | null): boolean {
  return other !== null && (one === null || one > other);
}

function admitHanding({ scopes }: Holder, wanted: readonly Scope[]): void {
  if (!holdsAll(scopes, wanted)) {
    throw new SnapbyteError("INSUFFICIENT_SCOPE", "A key may do nothing that its maker may not.");
  }
}

async function newKey(wish: KeyWish, { random, newId }: KeyParts): Promise<{ key: string; row: NewApiKey }> {
  const key = formatApiKey("tenant", random(API_KEY_BYTES));
  const { name, scopes, expiresAt } = wish;
  const row = { id: newId(), name, scopes, expiresAt, prefix: shownPrefix(key), hash: await hashApiKey(key) };
  return { key, row };
}
