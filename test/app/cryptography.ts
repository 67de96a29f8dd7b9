/** Calls of WebCrypto that threads are at work on. No fake timer knows of them. */
const underWay = new Set<Promise<unknown>>();

const WATCHED = Symbol.for("snapbyte.test.cryptography");

/** Whether cryptography goes on: until it is done, whoever waits for it does not wait for a timer. */
export function isCryptographyUnderWay(): boolean {
  return underWay.size > 0;
}

watch();

/** Has every call noted, in each of the files that share this process; the newest of this module's copies is told. */
function watch(): void {
  const shared = globalThis as { [WATCHED]?: (call: Promise<unknown>) => void };
  const known = shared[WATCHED] !== undefined;
  shared[WATCHED] = (call) => {
    underWay.add(call);
    const done = () => underWay.delete(call);
    call.then(done, done);
  };
  if (known) return;
  for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype)) {
    const { value, ...rest } = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, name) ?? {};
    if (typeof value !== "function" || name === "constructor") continue;
    const noted = function noted(this: SubtleCrypto, ...args: unknown[]): unknown {
      const call: unknown = Reflect.apply(value, this, args);
      if (call instanceof Promise) shared[WATCHED]?.(call);
      return call;
    };
    Object.defineProperty(SubtleCrypto.prototype, name, { ...rest, value: noted });
  }
}
