import type { TenantId } from "../tenant.ts";
import { addCounts, type Counts, countsOf } from "./counters.ts";
import type { UsageEvent } from "./event.ts";

export const HOUR_MS = 3_600_000;

/** What was counted of an entry (`null`: of none) by a line of the allow-list (`null`: by none) within an hour. */
export type UsageCell = {
  readonly tenant: TenantId;
  /** Hours since the epoch. */
  readonly hour: number;
  /** EntryKey.id. */
  readonly entry: string | null;
  readonly rule: number | null;
  readonly counts: Counts;
};

/**
 * Sums events into cells. A hit that is remembered comes as the very same event again and again: it is counted by what it
 * is, and looked into once.
 */
export class Tally {
  readonly #again = new Map<UsageEvent, number>();
  readonly #tenants = new Map<TenantId, Map<string, UsageCell>>();
  #cells = 0;
  #hour = 0;
  #hourEnds = 0;

  /** `now` in ms since the epoch. */
  add(event: UsageEvent, now: number): void {
    if (now >= this.#hourEnds) this.#turn(now);
    if (event.kind !== "hit") {
      this.#count(event, 1);
      return;
    }
    this.#again.set(event, (this.#again.get(event) ?? 0) + 1);
  }

  /** Cells at most; hits of one entry may yet fall together. */
  get size(): number {
    return this.#cells + this.#again.size;
  }

  /** What was counted since the last call. */
  take(): readonly UsageCell[] {
    this.#fold();
    const cells = [...this.#tenants.values()].flatMap((entries) => [...entries.values()]);
    this.#tenants.clear();
    this.#cells = 0;
    return cells;
  }

  #turn(now: number): void {
    this.#fold();
    this.#hour = Math.floor(now / HOUR_MS);
    this.#hourEnds = (this.#hour + 1) * HOUR_MS;
  }

  #fold(): void {
    for (const [event, times] of this.#again) this.#count(event, times);
    this.#again.clear();
  }

  #count(event: UsageEvent, times: number): void {
    const counts = countsOf(event);
    const { tenant, entry, rule } = placeOf(event);
    const name = `${this.#hour} ${rule} ${entry}`;
    const cells = this.#tenants.get(tenant) ?? new Map<string, UsageCell>();
    const known = cells.get(name);
    const cell = known ?? { tenant, hour: this.#hour, entry, rule, counts: {} };
    addCounts(cell.counts, counts, times);
    if (known) return;
    this.#tenants.set(tenant, cells.set(name, cell));
    this.#cells += 1;
  }
}

function placeOf(event: UsageEvent): Pick<UsageCell, "tenant" | "entry" | "rule"> {
  if ("tenant" in event) return { tenant: event.tenant, entry: null, rule: null };
  return { tenant: event.key.tenant, entry: event.key.id, rule: event.rule };
}
