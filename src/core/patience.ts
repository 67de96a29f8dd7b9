/** So often in a row a part is late before it is not waited for any more. */
export const LATE_IN_A_ROW = 3;
/** How long that counts from the last sign of it, in ms: then somebody waits again, and once is enough to tell. */
export const LOST_FOR_MS = 10_000;
/** Questions on their way at a time that nobody waits for. Their answers tell that the part is quick again. */
export const MOST_UNHEARD = 20;

/**
 * Whether those who ask a part of ours wait for its answer, by how it answered lately: a slow one is not waited for by
 * everybody. `budgetMs` is how long they would wait; `now` in ms since the epoch.
 */
export class Patience {
  readonly #budgetMs: number;
  #lateInARow = 0;
  #lateAt = 0;
  #lostUntil = 0;
  #unheard = 0;

  constructor(budgetMs: number) {
    this.#budgetMs = budgetMs;
  }

  /** Whether an answer is worth waiting for. A clock that was put back ends what it said before. */
  waits(now: number): boolean {
    return now >= this.#lostUntil || now < this.#lostUntil - LOST_FOR_MS;
  }

  /** Whether one more question may be sent that nobody waits for. Where it may, `heard` follows. */
  asksUnheard(): boolean {
    if (this.#unheard >= MOST_UNHEARD) return false;
    this.#unheard += 1;
    return true;
  }

  /** A question that nobody waited for has ended, one way or another. */
  heard(): void {
    this.#unheard = Math.max(0, this.#unheard - 1);
  }

  /**
   * Somebody gave up who had asked at `askedAt`. A crowd that gave up at the same time counts once, a machine that stood
   * still among them: only who asked after the last one that counted is another.
   */
  late(askedAt: number, now: number): void {
    if (askedAt <= this.#lateAt && this.#lateAt <= now) return;
    this.#lateAt = now;
    this.#lateInARow += 1;
    if (this.#lateInARow >= LATE_IN_A_ROW) this.#lostUntil = now + LOST_FOR_MS;
  }

  /** An answer came: a quick one is waited for from now on, and a late one is another sign. */
  answered(askedAt: number, now: number): void {
    if (now - askedAt > this.#budgetMs) {
      this.late(askedAt, now);
    } else {
      this.#lateInARow = 0;
      this.#lostUntil = 0;
      // Whoever the runtime has dropped hears no more.
      this.#unheard = 0;
    }
  }
}
