import type { TenantId } from "../../src/core/tenant.ts";
import { dayOf } from "../../src/core/usage/stored-days.ts";
import { MOST_DAYS_BACK, type StorageLedger } from "../../src/ports/storage-ledger.ts";

const DAY_MS = 86_400_000;

type Row = { byteSeconds: bigint; storedBytes: number; at: number };

/** Looks at what `stored` says that each tenant has at that moment, in bytes. */
export function fakeStorageLedger(stored: () => ReadonlyMap<TenantId, number>): StorageLedger {
  const tenants = new Map<TenantId, Map<string, Row>>();

  function look(tenant: TenantId, now: number): number {
    const rows = tenants.get(tenant) ?? new Map<string, Row>();
    const bytes = stored().get(tenant) ?? 0;
    const last = [...rows.values()].at(-1);
    if (bytes === 0 && (last?.storedBytes ?? 0) === 0) return 0;
    tenants.set(tenant, rows);
    const today = now - (now % DAY_MS);
    const first = Math.max(last ? last.at - (last.at % DAY_MS) : today, today - (MOST_DAYS_BACK - 1) * DAY_MS);
    let written = 0;
    for (let begins = first; begins <= today; begins += DAY_MS) {
      const ends = Math.min(now, begins + DAY_MS);
      const time = last ? Math.max(0, ends - Math.max(last.at, begins)) : 0;
      const before = rows.get(dayOf(begins))?.byteSeconds ?? 0n;
      const byteSeconds = before + (BigInt(last?.storedBytes ?? 0) * BigInt(time)) / 1000n;
      rows.set(dayOf(begins), {
        byteSeconds,
        storedBytes: begins === today ? bytes : (last?.storedBytes ?? 0),
        at: ends,
      });
      written += 1;
    }
    return written;
  }

  return {
    async sample(now, every) {
      const latest = Math.max(...[...tenants.values()].flatMap((rows) => [...rows.values()].map(({ at }) => at)));
      if (latest > now - every) return 0;
      const all = new Set([...tenants.keys(), ...stored().keys()]);
      return [...all].reduce((sum, tenant) => sum + look(tenant, now), 0);
    },
    async days(asked, { from, to }) {
      return [...tenants]
        .filter(([tenant]) => asked.includes(tenant))
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .flatMap(([tenant, rows]) =>
          [...rows]
            .filter(([day]) => day >= from && day < to)
            .map(([day, { byteSeconds, storedBytes }]) => ({
              tenant,
              day,
              byteHours: byteSeconds / 3600n,
              storedBytes,
            })),
        );
    },
  };
}
