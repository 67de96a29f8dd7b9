import type { TenantId } from "../../src/core/tenant.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { KeySettings, NewApiKey, StoredApiKey } from "../../src/ports/key-settings.ts";

type Row = StoredApiKey & { readonly tenant: TenantId; readonly hash: string; readonly revoked: boolean };

/** Keys in a list, in the order of creation. */
export type FakeKeySettings = KeySettings & { readonly rows: Row[] };

export function fakeKeySettings(clock: Clock): FakeKeySettings {
  const rows: Row[] = [];
  const live = (tenant: TenantId, now: number) =>
    rows.filter((row) => row.tenant === tenant && !row.revoked && (row.expiresAt === null || row.expiresAt > now));
  const replace = (row: Row, changes: Partial<Row>) => rows.splice(rows.indexOf(row), 1, { ...row, ...changes });
  const put = (tenant: TenantId, { hash, ...key }: NewApiKey): StoredApiKey => {
    const createdAt = Math.max(clock.now(), ...rows.map((row) => row.createdAt + 1));
    rows.push({ ...key, hash, tenant, createdAt, lastUsedAt: null, revoked: false });
    return shown(rows.at(-1)) as StoredApiKey;
  };
  return {
    rows,
    list: async (tenant, now) => live(tenant, now).map((row) => shown(row) as StoredApiKey),
    find: async (tenant, id, now) => shown(live(tenant, now).find((row) => row.id === id)),
    async add(tenant, key, limit, now) {
      return limit !== null && live(tenant, now).length >= limit ? null : put(tenant, key);
    },
    async rotate(tenant, old, key, { oldEndsAt, now }) {
      const row = live(tenant, now).find((each) => each.id === old);
      if (!row) return null;
      replace(row, { expiresAt: Math.min(row.expiresAt ?? oldEndsAt, oldEndsAt) });
      return put(tenant, key);
    },
    async revoke(tenant, id, now) {
      const row = live(tenant, now).find((each) => each.id === id);
      if (!row) return null;
      replace(row, { revoked: true });
      return row.hash;
    },
  };
}

function shown(row: Row | undefined): StoredApiKey | null {
  if (!row) return null;
  const { tenant: _, hash: __, revoked: ___, ...key } = row;
  return key;
}
