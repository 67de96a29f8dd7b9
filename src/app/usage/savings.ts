import { SnapbyteError } from "../../core/errors.ts";
import type { MonthLedger } from "../../core/pricing/ledger.ts";
import { ledgerSum } from "../../core/pricing/ledger-sum.ts";
import type { TenantId } from "../../core/tenant.ts";
import { type UsageSpan, usageSpan } from "../../core/usage/report.ts";
import type { Accounts } from "../../ports/accounts.ts";
import type { Clock } from "../../ports/clock.ts";
import { reach } from "../reach.ts";
import { type LedgerParts, readLedgers } from "./read-ledgers.ts";

/** Whose savings are asked for; moments in ms since the epoch, `null`: 30 days until now. */
export type SavingsWish = { readonly from: number | null; readonly to: number | null };

export type Savings = {
  readonly span: UsageSpan;
  readonly months: readonly MonthLedger[];
};

/** Days that one answer tells of: a year, and what it takes to compare two of them. */
const MOST_DAYS = 400;
const DAY_MS = 86_400_000;
/** Tenants that are read at once. */
const PAGE = 100;

export type SavingsParts = LedgerParts & { readonly clock: Clock };

/** What a tenant would have paid, paid and saved. Throws 400 for a span of no day or of too many, 503. */
export async function reportSavings(tenant: TenantId, wish: SavingsWish, parts: SavingsParts): Promise<Savings> {
  const span = spanOf(wish, parts.clock.now());
  const ledgers = (await readLedgers([tenant], span, parts)) ?? tooMuch();
  return { span, months: ledgers.get(tenant) ?? [] };
}

/** The same of all tenants, added up: each has prices and tiers of its own. Throws as above. */
export async function reportAllSavings(
  wish: SavingsWish,
  parts: SavingsParts & { readonly accounts: Pick<Accounts, "judged"> },
): Promise<Savings> {
  const span = spanOf(wish, parts.clock.now());
  const sum = ledgerSum();
  for (let after: string | null = null, more = true; more; ) {
    const page: Awaited<ReturnType<Accounts["judged"]>> = await reach(
      "accounts",
      parts.accounts.judged({ after, limit: PAGE }),
      parts.report,
    );
    const ids = page.map(({ id }) => id);
    for await (const months of inParts(ids, span, parts)) sum.add(months);
    after = page.at(-1)?.id ?? null;
    more = page.length === PAGE;
  }
  return { span, months: sum.months() };
}

/** Reads tenants together, and where those have too much, each half of them. */
async function* inParts(
  tenants: readonly TenantId[],
  span: UsageSpan,
  parts: LedgerParts,
): AsyncGenerator<readonly MonthLedger[], void> {
  const ledgers = await readLedgers(tenants, span, parts);
  if (ledgers) return yield* ledgers.values();
  if (tenants.length < 2) tooMuch();
  const half = Math.ceil(tenants.length / 2);
  yield* inParts(tenants.slice(0, half), span, parts);
  yield* inParts(tenants.slice(half), span, parts);
}

function tooMuch(): never {
  throw new SnapbyteError("INVALID_FIELD", "from: so many days of so many origins are too much for one answer.");
}

function spanOf(wish: SavingsWish, now: number): UsageSpan {
  const span = usageSpan({ ...wish, by: "day" }, now);
  if (span.from >= span.to) throw new SnapbyteError("INVALID_FIELD", "from: must be before to.");
  if (span.to - span.from > MOST_DAYS * DAY_MS) {
    throw new SnapbyteError("INVALID_FIELD", `from: must be at most ${MOST_DAYS} days before to.`);
  }
  return span;
}
