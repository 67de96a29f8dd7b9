import type { z } from "zod";
import { usagePage } from "../../../src/api/schemas/usage.ts";
import type { Stack } from "../../../src/dev/stack.ts";
import { manage } from "./requests.ts";
import { until } from "./until.ts";

export type UsagePage = z.infer<typeof usagePage>;
export type UsageRow = UsagePage["rows"][number];

/** What the API tells of the demo tenant's usage. */
export async function usageOf(stack: Stack, query = "by=day"): Promise<UsagePage> {
  const response = await manage(stack, `/usage?${query}`);
  if (response.status !== 200) throw new Error(`/usage answered ${response.status}: ${await response.text()}`);
  return usagePage.parse(await response.json());
}

/** The numbers of all rows, added up. */
export function sumOf(rows: readonly UsageRow[]): Record<string, number> {
  const sum: Record<string, number> = {};
  const add = (name: string, value: unknown) => {
    if (typeof value === "number") sum[name] = (sum[name] ?? 0) + value;
  };
  for (const { bypasses, refusals, origin: _, ...row } of rows) {
    for (const [name, value] of Object.entries(row)) add(name, value);
    for (const [name, value] of Object.entries(bypasses)) add(`bypass_${name}`, value);
    for (const [name, value] of Object.entries(refusals)) add(`refused_${name}`, value);
  }
  return sum;
}

/** Waits until the usage of all days, added up, has at least these numbers. */
export async function untilUsed(
  stack: Stack,
  wanted: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  let sum: Record<string, number> = {};
  const look = async () => {
    sum = sumOf((await usageOf(stack)).rows);
    return Object.entries(wanted).every(([name, value]) => (sum[name] ?? 0) >= value) ? sum : null;
  };
  return await until("all of it is counted", look, () => JSON.stringify(sum));
}
