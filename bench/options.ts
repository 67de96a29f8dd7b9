import { parseArgs } from "node:util";

export type BenchOptions = {
  readonly name: string;
  readonly json: string | null;
  /** The folder in which others are installed that are to be measured, too; `null`: none of them is. */
  readonly peers: string | null;
  /** What was not said is the benchmark's own. */
  readonly effort: { readonly rounds?: number; readonly requests?: number };
};

/** Reads the arguments of `npm run bench`; `null` when they name none of `names`, or are not understood. */
export function parseOptions(args: string[], names: readonly string[]): BenchOptions | null {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...{ json: { type: "string" }, rounds: { type: "string" }, requests: { type: "string" } },
      peers: { type: "string" },
    },
  });
  const [name = "", ...rest] = positionals;
  const { json = null, peers = null, ...asked } = values;
  const effort = Object.fromEntries(Object.entries(asked).map(([what, number]) => [what, Number(number)]));
  const whole = Object.values(effort).every((number) => Number.isInteger(number) && number > 0);
  return names.includes(name) && rest.length === 0 && whole ? { name, json, peers, effort } : null;
}
