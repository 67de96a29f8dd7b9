import type { DeadLetter, SealedLetter } from "../../src/core/dead-letters/dead-letter.ts";
import type { DeadLetters } from "../../src/ports/dead-letters.ts";

/** Letters in a list, in the order in which they came. */
export type FakeDeadLetters = DeadLetters & { readonly rows: SealedLetter[] };

export function fakeDeadLetters(): FakeDeadLetters {
  const rows: SealedLetter[] = [];
  /** How many have been forgotten: places stay what they were. */
  let forgotten = 0;
  const told = ({ sealed: _, ...letter }: SealedLetter): DeadLetter => letter;
  return {
    rows,
    async add(letter) {
      if (!rows.some(({ id }) => id === letter.id)) rows.push({ ...letter, replayedAt: null });
    },
    find: async (id) => rows.find((row) => row.id === id) ?? null,
    async list({ cursor, limit }) {
      const end = cursor === null ? rows.length : Math.max(0, cursor - forgotten - 1);
      const start = Math.max(0, end - limit);
      const letters = rows.slice(start, end).toReversed().map(told);
      return { letters, cursor: start > 0 ? start + forgotten + 1 : null };
    },
    async replayed(id, now) {
      const at = rows.findIndex((row) => row.id === id && row.replayedAt === null);
      const row = rows[at];
      if (row) rows[at] = { ...row, replayedAt: now };
      return row !== undefined;
    },
    waiting: async (most) => Math.min(most, rows.filter(({ replayedAt }) => replayedAt === null).length),
    async dropOld(before) {
      const kept = rows.filter(({ at }) => at >= before);
      const dropped = rows.length - kept.length;
      rows.splice(0, rows.length, ...kept);
      forgotten += dropped;
      return dropped;
    },
  };
}
