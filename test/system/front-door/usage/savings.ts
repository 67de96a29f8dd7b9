import { expect, it } from "vitest";
import type { z } from "zod";
import { originList } from "../../../../src/api/schemas/origins.ts";
import { savingsBody } from "../../../../src/api/schemas/savings.ts";
import { storageBody } from "../../../../src/api/schemas/storage.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { manage } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { type UsageRow, usageOf } from "../../stack/usage.ts";

type Savings = z.infer<typeof savingsBody>;
type Month = Savings["months"][number];

/** Nano-dollars for 10^9 bytes, and for a million requests; the second pair falls out of step with every rounding. */
const PRICES = [
  ["round", 100_000_000_000n, 1_000_000_000_000n],
  ["awkward", 873_123_456_789n, 12_345_678_901n],
] as const;
const GB = 10n ** 9n;
const MILLION = 10n ** 6n;
/** A fill asks for so many bytes at a time: 8 MiB. */
const PART = 2n ** 23n;

const nano = (dollars = "0") => BigInt(dollars.replace(".", ""));
const written = (price: bigint) => `${price / GB}.${String(price % GB).padStart(9, "0")}`;
const halfUp = (dividend: bigint, divisor: bigint) => (2n * dividend + divisor) / (2n * divisor);
const read = async <Body>(stack: Stack, path: string, schema: z.ZodType<Body>) =>
  schema.parse(await (await manage(stack, path)).json());

/** Savings, and the days by origin that they come from: read when nothing was on its way. */
async function both(stack: Stack): Promise<{ months: readonly Month[]; rows: readonly UsageRow[] }> {
  const rows = async () => (await usageOf(stack, "by=day&group=origin")).rows;
  return await until("usage stands still", async () => {
    const before = await rows();
    const { months } = await read(stack, "/savings", savingsBody);
    return JSON.stringify(await rows()) === JSON.stringify(before) ? { months, rows: before } : null;
  });
}

/** What a month comes to by hand, from what was counted by an origin. */
function byHand(rows: readonly UsageRow[], perGb: bigint, perMillion: bigint) {
  const sum = (of: (row: UsageRow) => number) => rows.reduce((all, row) => all + BigInt(of(row)), 0n);
  const price = (bytes: bigint, requests: bigint) => halfUp(bytes * perGb, GB) + halfUp(requests * perMillion, MILLION);
  const bypasses = sum((row) => Object.values(row.bypasses).reduce((all, count) => all + count, 0));
  const parts = rows.reduce((all, { origin_bytes }) => all + BigInt(origin_bytes) / PART, 0n);
  const fillRequests = sum(({ fills, failed_fills, passes }) => fills + failed_fills + passes) + parts;
  return {
    would_delivered: price(
      sum(({ delivered_bytes, passed_bytes }) => delivered_bytes + passed_bytes),
      sum(({ deliveries, unchanged, passes }) => deliveries + unchanged + passes),
    ),
    would_redirected: price(0n, sum(({ misses, passes }) => misses - passes) + bypasses),
    paid_filled: price(
      sum(({ origin_bytes }) => origin_bytes),
      fillRequests,
    ),
  };
}

/** The account of what was counted, and nothing else. `rule`: the URL of the one origin. */
export function savingsAnswers(stack: () => Stack, rule: () => string): void {
  it.each(PRICES)("are, at %s prices, what anybody works out from the counted events", async (_, perGb, perMillion) => {
    const { origins } = await read(stack(), "/origins", originList);
    const { id } = origins.find(({ origin }) => origin === rule()) ?? { id: 0 };
    const own = { per_gb: written(perGb), per_million_requests: written(perMillion), gb: "decimal" };
    const changed = await manage(stack(), `/origins/${id}`, { method: "PATCH", body: { prices: { own } } });
    expect(changed.status).toBe(200);

    const { months, rows } = await both(stack());
    expect(months.length).toBeGreaterThan(0);
    for (const { month, days, total } of months) {
      const ofMonth = rows.filter(({ period, origin }) => period.startsWith(month) && origin?.id === id);
      const hand = byHand(ofMonth, perGb, perMillion);
      expect(hand.would_delivered).toBeGreaterThan(0n);
      for (const [name, amount] of Object.entries(hand))
        expect([name, nano(total[name as "saved"])]).toEqual([name, amount]);
      for (const each of [...days, total]) {
        expect(nano(each.would_have_paid)).toBe(nano(each.would_delivered) + nano(each.would_redirected));
        expect(nano(each.paid_to_origin)).toBe(nano(each.paid_filled) + nano(each.would_redirected));
        expect(nano(each.saved)).toBe(
          nano(each.would_have_paid) - nano(each.paid_to_origin) - nano(each.paid_to_platform),
        );
      }
      for (const name of Object.keys(total) as (keyof typeof total)[]) {
        expect(days.reduce((all, day) => all + nano(day[name]), 0n)).toBe(nano(total[name]));
      }
      for (const { lines, ...day } of days) {
        const of = (figure: string) =>
          lines.filter((line) => line.figure === figure).reduce((all, { amount }) => all + nano(amount), 0n);
        expect([of("delivered"), of("filled"), of("platform")]).toEqual(
          [day.would_delivered, day.paid_filled, day.paid_to_platform].map(nano),
        );
        const tables = new Set(lines.map(({ prices }) => prices));
        expect(tables).toEqual(new Set([`own/${id}`, "platform"]));
      }
    }
  });

  it("are the same as CSV", async () => {
    const { months } = await both(stack());
    const text = await (await manage(stack(), "/savings", { headers: { accept: "text/csv" } })).text();
    const [head = "", ...lines] = text.trimEnd().split("\r\n");
    const column = head.split(",").indexOf("saved");
    expect(lines.map((line) => line.split(",")[column])).toEqual(
      months.flatMap(({ days }) => days.map(({ saved }) => saved)),
    );
  });

  it("stand beside what lies here", async () => {
    const { now, days } = await read(stack(), "/storage", storageBody);
    expect(now).toBeGreaterThan(0);
    expect([days.length, days.at(-1)?.stored_bytes]).toEqual([30, now]);
  });
}
