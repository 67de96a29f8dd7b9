import type { Figure, LedgerLine } from "./ledger-row.ts";
import type { Line } from "./meter.ts";
import type { OriginTariff } from "./origin-tariff.ts";
import { addUsage, platformCharge } from "./platform-charge.ts";
import { usageOf } from "./platform-needs.ts";
import type { PlatformTariff, PlatformUsage } from "./platform-tariff.ts";
import type { Traffic } from "./traffic.ts";
import { NOTHING_SEEN, type Quantities, type Seen, type Step, takeStep } from "./two-worlds.ts";

/** Traffic of one tenant on one day (`YYYY-MM-DD`, UTC) by one origin rule. */
export type Cell = { readonly day: string; readonly rule: string; readonly traffic: Traffic };

/** The prices that held on a day. */
export type DayPrices = {
  /** What the origin behind a rule charges; `null`: nobody knows, and nothing is claimed. */
  readonly origin: (rule: string, day: string) => OriginTariff | null;
  readonly platform: (day: string) => PlatformTariff;
};

type OriginMeter = "transfer" | "requests";

/** What a month has seen, by price table: what has the same one shares its tiers. */
export type MonthSoFar = {
  readonly origins: ReadonlyMap<string, Readonly<Record<OriginMeter, Seen>>>;
  readonly platform: PlatformUsage;
};

export const noMonth = (): MonthSoFar => ({ origins: new Map(), platform: {} });

export type Taken = {
  readonly lines: readonly LedgerLine[];
  readonly after: MonthSoFar;
  /** Whether the origin has a price table. */
  readonly priced: boolean;
};

/** Puts a cell into money, on top of what its month has seen. */
export function takeCell(before: MonthSoFar, cell: Cell, prices: DayPrices): Taken {
  const { day, rule, traffic } = cell;
  const usage = usageOf(traffic);
  const tariff = prices.platform(day);
  const charged = platformCharge(tariff, before.platform, usage).lines.map(({ meter, ...line }): LedgerLine => {
    return { figure: "platform", rule, tariff: tariff.id, meter, ...line };
  });
  const platform = addUsage(before.platform, usage);
  const origin = prices.origin(rule, day);
  if (!origin) return { lines: charged, after: { ...before, platform }, priced: false };

  const { transfer = NOTHING_SEEN, requests = NOTHING_SEEN } = before.origins.get(origin.id) ?? {};
  const sent = takeStep(origin.transfer, origin.from, transfer, bytesOf(traffic));
  const asked = takeStep(origin.requests, origin.from, requests, requestsOf(traffic));
  const of = { rule, tariff: origin.id };
  const lines = [
    ...stepLines({ ...of, meter: "transfer" }, sent, origin.transfer.unit, bytesOf(traffic)),
    ...stepLines({ ...of, meter: "requests" }, asked, origin.requests.unit, requestsOf(traffic)),
  ];
  const origins = new Map(before.origins).set(origin.id, { transfer: sent.seen, requests: asked.seen });
  return { lines: [...lines, ...charged], after: { origins, platform }, priced: true };
}

function bytesOf({ redirectedBytes, deliveredBytes, fillBytes }: Traffic): Quantities {
  return { redirected: redirectedBytes, delivered: deliveredBytes, filled: fillBytes };
}

/** A download would have been a GET, wherever its bytes went; a probe is one as well. */
function requestsOf({ redirects, deliveries, unknownDeliveries, fillRequests, probes }: Traffic): Quantities {
  return { redirected: redirects, delivered: deliveries + unknownDeliveries, filled: fillRequests + probes };
}

type Of = Pick<LedgerLine, "rule" | "tariff" | "meter">;

function stepLines(of: Of, step: Step, unit: bigint, { redirected }: Quantities): LedgerLine[] {
  const priced = (figure: Figure, lines: readonly Line[]) => lines.map((line) => ({ figure, ...of, ...line }));
  const shifted = (figure: Figure, amount: bigint) =>
    amount === 0n ? [] : [{ figure, ...of, quantity: redirected, unit, price: null, amount }];
  return [
    ...priced("delivered", step.delivered),
    ...priced("redirected", step.redirected),
    ...priced("filled", step.filled),
    ...shifted("volumeWould", step.volume.would),
    ...shifted("volumePaid", step.volume.paid),
  ];
}
