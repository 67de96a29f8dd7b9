import type { Built } from "./built.ts";
import { closedAuth } from "./closed-auth.ts";
import type { ConsoleEnv } from "./env.ts";
import type { ConsoleParts } from "./frame/call.ts";
import { tariffEstimator } from "./site/tariff-estimator.ts";

/** Puts the console's parts together. */
export function compose(env: ConsoleEnv, built: Built): ConsoleParts {
  return {
    auth: closedAuth(),
    askApi: env.askApi,
    built,
    edge: env.edge,
    estimator: tariffEstimator(Date.now),
    plans: null,
    payment: null,
    outbox: env.local ? "/outbox" : null,
    now: Date.now,
    report,
  };
}

/** An error that nobody handles goes into the log: its text, never a request's address, which may hold a signature. */
function report(what: string, error: unknown): void {
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(JSON.stringify({ level: "error", what, cause }));
}
