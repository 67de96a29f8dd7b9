import type { z } from "zod";
import type { usageRow } from "../../../src/console/api/usage.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const END = Date.parse("2026-11-21T12:00:00Z");
/** Nano-dollars for a GB at the origin, and for a million requests on the platform. */
const ORIGIN_NANO = 90_000_000n;
const PLATFORM_NANO = 301_000_000n;

/** A day of a shop: quiet at night, with a rush at noon. Whole numbers, the same at every call. */
function counters(index: number, scale: number) {
  const wave = 1 + Math.sin((index / 24) * 2 * Math.PI - 1.5);
  const requests = Math.round(scale * (0.35 + wave));
  const misses = Math.round(requests * (0.18 + 0.1 * Math.abs(Math.sin(index))));
  const bound = Math.round(requests * 0.02);
  const hits = requests - misses - bound;
  const size = 4_100_000;
  return {
    ...{ requests: requests + (index % 5), hits, misses, bypasses: { bound }, refusals: { origin: index % 5 } },
    ...{ delivered_bytes: hits * size, assumed_bytes: 0, passed_bytes: 0, origin_bytes: misses * size },
    ...{ fills: misses - 2, failed_fills: index % 7 === 0 ? 2 : 0 },
  };
}

const row = (at: number, index: number, scale: number) => ({
  period: new Date(at).toISOString(),
  ...counters(index, scale),
});

/** Rows as `GET /usage` has them. */
export function sampleUsage() {
  const origins = [{ id: 1, url: "https://media.s3.eu-west-1.amazonaws.com/" }, { id: 9, url: null }, null];
  return {
    hour: Array.from({ length: 24 }, (_, n) => row(END - (23 - n) * HOUR, n, 1200)),
    day: Array.from({ length: 30 }, (_, n) => row(END - (END % DAY) - (29 - n) * DAY, n + 8, 31_000)),
    month: Array.from({ length: 3 }, (_, n) => row(Date.UTC(2026, 8 + n), n + 3, 900_000)),
    origins: origins.map((origin, n) => ({ ...row(Date.UTC(2026, 10), n + 5, 300_000), origin })),
  } satisfies Record<string, UsageJson[]>;
}

type UsageJson = z.infer<typeof usageRow>;

/** Nano-dollars as the API writes them. */
function written(nano: bigint): string {
  const digits = String(nano).padStart(10, "0");
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

/** The ledger as `GET /savings` has it, in two months. */
export function sampleSavings() {
  const days = Array.from({ length: 30 }, (_, n) => {
    const { hits, misses, delivered_bytes, origin_bytes } = counters(n + 8, 31_000);
    const would = (BigInt(delivered_bytes + origin_bytes) * ORIGIN_NANO) / 1_000_000_000n;
    const origin = (BigInt(origin_bytes) * 2n * ORIGIN_NANO) / 1_000_000_000n;
    const platform = (BigInt(hits + misses) * PLATFORM_NANO) / 1_000_000n;
    return {
      day: new Date(END - (29 - n) * DAY).toISOString().slice(0, 10),
      ...{ would_have_paid: written(would), paid_to_origin: written(origin), paid_to_platform: written(platform) },
      ...{ saved: written(would - origin - platform), bytes_without_price: n === 20 ? "5000000000" : "0" },
    };
  });
  const months = Map.groupBy(days, ({ day }) => day.slice(0, 7));
  return { months: [...months].map(([month, days]) => ({ month, days })) };
}

/** Bytes as `GET /storage` has them. */
export function sampleStorage() {
  const days = Array.from({ length: 30 }, (_, n) => {
    return { day: new Date(END - (29 - n) * DAY).toISOString().slice(0, 10), stored_bytes: 2e11 + n * 7e9 };
  });
  return { now: 403e9, days };
}
