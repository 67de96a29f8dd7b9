import { parseArgs } from "node:util";
import type { Effort } from "./measure/measure.ts";

export type BenchOptions = { readonly name: string; readonly json: string | null; readonly effort: Effort };

/** Reads the arguments of `npm run bench`; `null` when they name none of `names`, or are not understood. */
export function parseOptions(args: string[], names: readonly string[]): BenchOptions | null {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: "string" },
      rounds: { type: "string", default: "40" },
      requests: { type: "string", default: "600" },
    },
  });
  const [name = "", ...rest] = positionals;
  const effort = { rounds: Number(values.rounds), requests: Number(values.requests) };
  const whole = Object.values(effort).every((number) => Number.isInteger(number) && number > 0);
  return names.includes(name) && rest.length === 0 && whole ? { name, json: values.json ?? null, effort } : null;
}
