import type { Report } from "./in-background.ts";

/**
 * Does one thing after the other, each by its name. One that fails keeps nobody from the rest: it is reported, and this
 * rejects with the first such error once all is done, so that whoever called for it sees that not all went well.
 */
export async function inOrder(chores: Readonly<Record<string, () => Promise<unknown>>>, report: Report): Promise<void> {
  const failed: unknown[] = [];
  for (const [name, chore] of Object.entries(chores)) {
    try {
      await chore();
    } catch (error) {
      report(name, error);
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}
