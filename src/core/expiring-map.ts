/**
 * Of the limit, so much is cleared at a time. To find a map's oldest key V8 goes past all that were deleted since it grew
 * last: key by key that costs a full map 10 µs each.
 */
const CLEARED_AT_A_TIME = 0.01;

/** A map whose entries end at a moment and whose oldest make room: what an isolate may remember without growing. */
export class ExpiringMap<Value> {
  readonly #entries = new Map<string, { value: Value; until: number }>();
  readonly #limit: number;

  /** `limit`: the most entries it holds. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value, unless it ended at or before `now` (ms since the epoch). */
  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.until > now) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: Value, until: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until });
    if (this.#entries.size > this.#limit) this.#makeRoom();
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  #makeRoom(): void {
    const left = this.#limit - Math.floor(this.#limit * CLEARED_AT_A_TIME);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= left) return;
      this.#entries.delete(oldest);
    }
  }
}
