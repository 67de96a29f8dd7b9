import * as z from "zod";
import type { Api } from "./client.ts";

/** Dollars with all nine decimals, as the ledger writes them: whole nano-dollars, so that sums are exact. */
const money = z
  .string()
  .regex(/^-?\d+\.\d{9}$/)
  .transform((text) => BigInt(text.replace(".", "")));

const amounts = { would_have_paid: money, paid_to_origin: money, paid_to_platform: money, saved: money };

const ledgerDay = z.object({ day: z.string(), ...amounts });
export const savingsPage = z.object({ months: z.array(z.object({ month: z.string(), days: z.array(ledgerDay) })) });

export type Amounts = Omit<z.infer<typeof ledgerDay>, "day">;
export type Savings = { readonly days: readonly z.infer<typeof ledgerDay>[]; readonly total: Amounts };

/** `GET /savings`: the ledger of days (30 without a question), and what they add up to. */
export async function readSavings(api: Api): Promise<Savings> {
  const { months } = await api.get("/savings", savingsPage);
  const days = months.flatMap((month) => month.days);
  const sum = (name: keyof Amounts) => days.reduce((all, row) => all + row[name], 0n);
  const total = {
    ...{ would_have_paid: sum("would_have_paid"), paid_to_origin: sum("paid_to_origin") },
    ...{ paid_to_platform: sum("paid_to_platform"), saved: sum("saved") },
  };
  return { days, total };
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
