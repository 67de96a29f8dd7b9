import type { FillWorkParts } from "../../src/app/fill.ts";
import type { World } from "./world.ts";

/**
 * How long a consumer lives: it is killed with its call number `calls` to anybody else, which is `late` when it has its
 * effect and only the answer never comes. From then on it does nothing any more; nothing is cleaned up.
 */
export type Life = { readonly calls: number; readonly late: boolean };

/** Calls that only make something whose own calls count. */
const MADE_AT_ONCE: ReadonlySet<string> = new Set(["resumeMultipart", "writer", "partWriter"]);
const MAKES: ReadonlySet<string> = new Set(["createMultipart"]);

/** The parts as a consumer sees them that will be killed, and its death. */
export function mortal<Parts extends FillWorkParts>(
  parts: Parts,
  { calls, late }: Life,
): { readonly parts: Parts; readonly death: Promise<"killed"> } {
  let left = calls;
  const death = Promise.withResolvers<"killed">();
  const never = () => {
    death.resolve("killed");
    return new Promise<never>(() => {});
  };

  function wrap<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function" || typeof name !== "string") return value;
        const call = (args: unknown[]): unknown => Reflect.apply(value, target, args);
        if (MADE_AT_ONCE.has(name)) return (...args: unknown[]) => wrap(call(args) as object);
        return async (...args: unknown[]) => {
          left -= 1;
          if (left < 0 || (left === 0 && !late)) return await never();
          const result = await call(args);
          if (left <= 0) return await never();
          return MAKES.has(name) ? wrap(result as object) : result;
        };
      },
    });
  }

  const { gate, ledger, index, store, origin, queue, slots } = parts;
  const wrapped = { gate: wrap(gate), ledger: wrap(ledger), index: wrap(index), store: wrap(store) };
  return {
    parts: { ...parts, ...wrapped, origin: wrap(origin), queue: wrap(queue), slots: wrap(slots) },
    death: death.promise,
  };
}

/** Everybody hears nothing of a consumer that was killed, for long enough to take its place. */
export function mourn({ clock, leaseMs }: World): void {
  clock.advance(leaseMs);
}
