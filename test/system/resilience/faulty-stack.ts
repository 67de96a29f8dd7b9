import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Stack } from "../../../src/dev/stack.ts";
import { type OwnOrigin, sendObject, startOwnOrigin } from "../stack/own-origin.ts";
import { ask } from "../stack/requests.ts";
import type { TestStackOptions } from "../stack/with-stack.ts";
import { lastingPort } from "./lasting-port.ts";
import type { Fault, Orders, Part } from "./orders.ts";
import { openPostgresLine, type PostgresLine } from "./postgres-line.ts";

export type AnyPart = Part | "postgres";
export type Faults = Readonly<Partial<Record<AnyPart, Fault>>>;
export const ALL_PARTS: readonly AnyPart[] = ["kv", "postgres", "gate", "queue", "store"];

/** What stands around a stack whose parts can be broken. */
export type Surroundings = {
  readonly options: TestStackOptions;
  readonly origin: OwnOrigin;
  readonly postgres: PostgresLine;
  /** The origin answers nobody until the function that is returned is called. */
  holdOrigin(): () => void;
  stop(): Promise<void>;
};

/** Starts an origin that everybody may read, where every path is an object, and a line to a Postgres to come. */
export async function surroundings(): Promise<Surroundings> {
  const databasePort = await lastingPort();
  const postgres = await openPostgresLine(databasePort);
  let mayAnswer = Promise.resolve();
  const origin = await startOwnOrigin((request, response) => {
    mayAnswer.then(() => sendObject(request, response, bodyOf(request.url ?? "")));
  });
  const holdOrigin = () => {
    const held = Promise.withResolvers<void>();
    mayAnswer = held.promise;
    return held.resolve;
  };
  const options: TestStackOptions = {
    ...{ databasePort, originRules: [origin.rule("public")] },
    apiMain: join(import.meta.dirname, "faulty-api.ts"),
    // A claim whose message the queue never took ends soon.
    vars: { NEON_ENDPOINT: postgres.endpoint, CLAIM_QUEUED_MS: "5000" },
  };
  const stop = async () => {
    await Promise.all([origin.stop(), postgres.stop()]);
  };
  return { options, origin, postgres, holdOrigin, stop };
}

/** What the origin has at this path, query included. */
export function bodyOf(path: string): string {
  return `the object ${path}\n`;
}

/** A URL that nobody asked for before, in a spelling that no URL class would leave as it is. */
export function freshUrl({ origin }: Surroundings): string {
  return `${origin.url}/a//b%2fc/${randomUUID()}?sig=Zm9v%2B%2f=&who=%41~+b&empty=`;
}

/** Breaks exactly these parts; the rest is well from now on. */
export async function breakParts(
  stack: Stack,
  { postgres }: Surroundings,
  faults: Faults,
  more: Omit<Orders, "faults"> = {},
): Promise<void> {
  const { postgres: line, ...parts } = faults;
  await postgres.set(line ?? null);
  const orders: Orders = { faults: parts, ...more };
  const response = await ask(`${stack.api}/__faults`, { method: "POST", body: JSON.stringify(orders) });
  if (response.status !== 200) throw new Error(`the faulty api answered ${response.status}`);
}
