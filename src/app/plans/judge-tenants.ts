import { judgeStanding, sameStanding } from "../../core/plans/judge-standing.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import { type AccountParts, NOTHING } from "./accounts.ts";

/** Tenants that are judged together: one question each to accounts and counters. */
const PAGE = 500;

export type JudgeParts = Pick<AccountParts, "accounts" | "counters" | "settings" | "clock" | "report"> & {
  readonly directory: Pick<TenantDirectory, "forget">;
};

/**
 * Judges every tenant by what it has used of this month, and writes down whose standing has changed. What is remembered of
 * those is forgotten. One that cannot be written does not stop the others; the next run judges it again. Returns how many
 * have changed.
 */
export async function judgeTenants({
  accounts,
  counters,
  settings,
  directory,
  clock,
  report,
}: JudgeParts): Promise<number> {
  let changed = 0;
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof accounts.judged>> = await accounts.judged({ after, limit: PAGE });
    const now = clock.now();
    const used = await counters.of(
      page.map(({ id }) => id),
      now,
    );
    for (const { id, standing: before, ...account } of page) {
      const standing = judgeStanding(account, used.get(id) ?? NOTHING, now);
      if (sameStanding(before, standing)) continue;
      try {
        if (await accounts.judge(id, standing)) changed += 1;
        await directory.forget(await settings.names(id));
      } catch (error) {
        report("standing", error);
      }
    }
    after = page.at(-1)?.id ?? null;
    if (page.length < PAGE) return changed;
  }
}
