import * as z from "zod";
import type { Api } from "./client.ts";

/** Dollars with all nine decimals, as the ledger writes them: whole nano-dollars, so that sums are exact. */
const money = z
  .string()
  .regex(/^-?\d+\.\d{9}$/)
  .transform((text) => BigInt(text.replace(".", "")));

const amounts = { would_have_paid: money, paid_to_origin: money, paid_to_platform: money, saved: money };

const bytes = z.string().regex(/^\d+$/).transform(Number);
const ledgerDay = z.object({ day: z.string(), ...amounts, bytes_without_price: bytes });
export const savingsPage = z.object({ months: z.array(z.object({ month: z.string(), days: z.array(ledgerDay) })) });

type LedgerDay = z.infer<typeof ledgerDay>;
export type Amounts = Pick<LedgerDay, keyof typeof amounts>;
export type DayAmounts = Amounts & { readonly day: string };
export type Savings = {
  readonly days: readonly DayAmounts[];
  readonly total: Amounts;
  /** Bytes that went out for origins without a price: nothing is claimed for them. */
  readonly withoutPrice: number;
};

/** `GET /savings`: the ledger of 30 days, and what they add up to. */
export async function readSavings(api: Api, path = "/savings"): Promise<Savings> {
  const { months } = await api.get(path, savingsPage);
  const days = months.flatMap((month) => month.days);
  const sum = (name: keyof Amounts) => days.reduce((all, row) => all + row[name], 0n);
  const total = {
    ...{ would_have_paid: sum("would_have_paid"), paid_to_origin: sum("paid_to_origin") },
    ...{ paid_to_platform: sum("paid_to_platform"), saved: sum("saved") },
  };
  return { days, total, withoutPrice: days.reduce((all, row) => all + row.bytes_without_price, 0) };
}

export const storagePage = z.object({
  now: z.number(),
  days: z.array(z.object({ day: z.string(), stored_bytes: z.number() })),
});
export type Storage = z.infer<typeof storagePage>;

/** `GET /storage`: bytes of the copies that lie here, now and at the end of each of 30 days. */
export async function readStorage(api: Api): Promise<Storage> {
  return await api.get("/storage", storagePage);
}
