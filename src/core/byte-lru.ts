/**
 * A map that keeps what was used last, within a number of bytes. Two generations in place of a list: what is asked for
 * moves into the young one, and when that is full the old one goes. So a value that was found costs one look-up and
 * changes nothing, and no more than twice the limit's half is ever held.
 */
export class ByteLru<Value> {
  readonly #half: number;
  #young = new Map<string, Held<Value>>();
  #old = new Map<string, Held<Value>>();
  #bytes = 0;

  /** `limit`: the most bytes it holds, by what {@link set} is told of each value. */
  constructor(limit: number) {
    this.#half = limit / 2;
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.#old.delete(key);
    this.#keep(key, old);
    return old.value;
  }

  /** `bytes`: what the value and its key take. One that alone is more than half of the limit is not kept. */
  set(key: string, value: Value, bytes: number): void {
    this.delete(key);
    if (bytes <= this.#half) this.#keep(key, { value, bytes });
  }

  delete(key: string): void {
    const young = this.#young.get(key);
    if (young === undefined) {
      this.#old.delete(key);
      return;
    }
    this.#bytes -= young.bytes;
    this.#young.delete(key);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#bytes = 0;
  }

  #keep(key: string, held: Held<Value>): void {
    if (this.#bytes + held.bytes > this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#bytes = 0;
    }
    this.#young.set(key, held);
    this.#bytes += held.bytes;
  }
}

type Held<Value> = { readonly value: Value; readonly bytes: number };
