import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { parseOriginRule } from "../core/origins/parse-rule.ts";
import { ACCESS_MODES, type OriginRule } from "../core/tenant.ts";
import { StackError } from "./stack-error.ts";

export const USAGE = `Usage: npm run dev -- [options]
  --port N                                          the API (8787)
  --console-port N                                  the console (8788); 0: none
  --state DIR                                       what is kept between starts (.snapbyte)
  --fresh                                           forget all of it first
  --allow-origin URL[=probe|verify|signed|public]   one more origin of the tenant demo; repeatable
  --origin-port N, --database-port N                the demo origin and Postgres (as last time)`;

export type DevOptions = {
  readonly port: number;
  /** `null`: the stack runs without the console. */
  readonly consolePort: number | null;
  readonly state: string;
  readonly fresh: boolean;
  readonly originRules: readonly OriginRule[];
  readonly originPort: number | null;
  readonly databasePort: number | null;
};

/** Reads the arguments of `npm run dev`; throws {@link StackError} at what it does not understand. */
export function parseOptions(args: string[]): DevOptions {
  const values = parse(args);
  return {
    port: parsePort("--port", values.port),
    consolePort: values["console-port"] === "0" ? null : parsePort("--console-port", values["console-port"]),
    state: resolve(values.state),
    fresh: values.fresh,
    originRules: values["allow-origin"].map(parseAllowedOrigin),
    originPort: values["origin-port"] === undefined ? null : parsePort("--origin-port", values["origin-port"]),
    databasePort: values["database-port"] === undefined ? null : parsePort("--database-port", values["database-port"]),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string", default: "8787" },
        "console-port": { type: "string", default: "8788" },
        state: { type: "string", default: ".snapbyte" },
        fresh: { type: "boolean", default: false },
        "allow-origin": { type: "string", multiple: true, default: [] },
        "origin-port": { type: "string" },
        "database-port": { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new StackError(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

function parsePort(option: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new StackError(`${option} ${text}: not a port.`);
  return port;
}

/** The URL may hold `=` itself: only one of the four words at its very end is the access mode. */
function parseAllowedOrigin(text: string): OriginRule {
  const access = ACCESS_MODES.find((mode) => text.endsWith(`=${mode}`)) ?? null;
  const rule = parseOriginRule(access === null ? text : text.slice(0, -`=${access}`.length), access);
  if (!rule) throw new StackError(`--allow-origin ${text}: not an http(s) URL without a query.`);
  return rule;
}
