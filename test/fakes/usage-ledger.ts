import { keyText } from "../../src/core/entry-key.ts";
import type { UsageBatch } from "../../src/core/usage/batch.ts";
import { addCounts, COUNTERS, type Counter, type Counts } from "../../src/core/usage/counters.ts";
import { periodStart, type UsageGroup, type UsageRow } from "../../src/core/usage/report.ts";
import { dayOf } from "../../src/core/usage/stored-days.ts";
import { HOUR_MS, type UsageCell } from "../../src/core/usage/tally.ts";
import type { TenantDay, UsageLedger } from "../../src/ports/usage-ledger.ts";
import type { FakeEntryLedger } from "./entry-ledger.ts";

export type FakeUsageLedger = UsageLedger & { readonly added: readonly UsageBatch[] };

/** Who hears of hits, and what rules are called. */
export type UsageSurroundings = {
  readonly entries: Pick<FakeEntryLedger, "rows">;
  readonly rules?: ReadonlyMap<number, string>;
};

/** Keeps every batch, and sums when it is asked. What was swept stays in the sums of days and months. */
export function fakeUsageLedger({ entries, rules = new Map() }: UsageSurroundings): FakeUsageLedger {
  const added: UsageBatch[] = [];
  const ids = new Map<string, number>();
  let hoursSince = 0;
  let unsummedSince: number | null = null;

  const countHits = ({ tenant, entry, counts }: UsageCell) => {
    const row = entries.rows.get(`${tenant}/${entry}`);
    if (row) entries.rows.set(keyText(row.key), { ...row, hits: row.hits + (counts.hits ?? 0) });
  };
  const nameOf = ({ entry, rule }: UsageCell, group: UsageGroup) =>
    group === "none" ? "" : group === "key" ? (entry ?? "") : String(rule ?? 0).padStart(10, "0");

  return {
    added,
    async add(batches) {
      const fresh = new Map(batches.filter(({ id }) => !ids.has(id)).map((batch) => [batch.id, batch]));
      for (const batch of fresh.values()) {
        ids.set(batch.id, batch.at);
        unsummedSince ??= batch.at;
        added.push(JSON.parse(JSON.stringify(batch)));
        batch.cells.forEach(countHits);
      }
      return fresh.size;
    },
    unsummedSince: async () => unsummedSince,
    async rollUp() {
      unsummedSince = null;
      return 0;
    },
    async sweep({ hours, batches }) {
      hoursSince = hours;
      for (const [id, at] of ids) if (at < batches) ids.delete(id);
    },
    async report(tenant, { from, to, by, group, entry: of, cursor, limit }) {
      const sums = new Map<string, { period: number; name: string; cell: UsageCell; counts: Counts }>();
      for (const cell of added.flatMap(({ cells }) => cells)) {
        const time = cell.hour * HOUR_MS;
        const period = periodStart(time, by);
        if (of !== null && (cell.entry !== of || time < hoursSince)) continue;
        if ((tenant !== null && cell.tenant !== tenant) || period < from || period >= to || time >= to) continue;
        if ((by === "hour" || group === "key") && time < hoursSince) continue;
        const name = nameOf(cell, group);
        const text = `${String(period).padStart(15, "0")} ${name}`;
        const sum = sums.get(text) ?? { period, name, cell, counts: {} };
        addCounts(sum.counts, cell.counts);
        sums.set(text, sum);
      }
      const rest = [...sums]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .filter(([text]) => cursor === null || text > cursor);
      const page = rest.slice(0, limit);
      return {
        rows: page.map(([, { period, cell, counts }]): UsageRow => {
          const row = { period, counts: whole(counts) };
          if (group === "none") return row;
          const { rule, entry } = cell;
          if (group === "origin")
            return { ...row, origin: rule === null ? null : { id: rule, url: rules.get(rule) ?? null } };
          return { ...row, key: entry && (entries.rows.get(`${tenant}/${entry}`)?.publicKey ?? `url-${entry}`) };
        }),
        cursor: page.length < limit ? null : (page.at(-1)?.[0] ?? null),
      };
    },
    async days(tenants, { from, to, limit }) {
      const sums = new Map<string, TenantDay>();
      for (const { tenant, hour, rule, counts } of added.flatMap(({ cells }) => cells)) {
        const time = hour * HOUR_MS;
        if (!tenants.includes(tenant) || time < from || time >= to) continue;
        const [day, id] = [dayOf(time), rule ?? 0];
        const text = `${tenant} ${day} ${String(id).padStart(10, "0")}`;
        const sum: Counts = { ...sums.get(text)?.counts };
        addCounts(sum, counts);
        sums.set(text, { tenant, day, rule: id, counts: sum });
      }
      const all = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
      return all.slice(0, limit);
    },
    async arrivals({ from, to, settled }) {
      const isolates = Map.groupBy(added, ({ isolate }) => isolate);
      const sum = { added: 0, missing: 0 };
      for (const batches of isolates.values()) {
        const [first, last] = [Math.min(...batches.map(({ at }) => at)), Math.max(...batches.map(({ at }) => at))];
        if (last < from || first >= to) continue;
        sum.added += batches.length;
        if (last < settled) sum.missing += Math.max(...batches.map(({ sequence }) => sequence)) - batches.length;
      }
      return sum;
    },
  };
}

function whole(counts: Counts): Record<Counter, number> {
  return Object.fromEntries(COUNTERS.map((name) => [name, counts[name] ?? 0])) as Record<Counter, number>;
}
