import type { DatabaseSettings } from "./database.ts";

/** A statement takes milliseconds; one that takes longer than this, in ms, is given up. A consumer would wait for ever. */
export const STATEMENT_LIMIT_MS = 10_000;

/** Runs a statement with these parameters; one row of values for each, as Postgres writes them. */
export type Statement = (...params: readonly string[]) => Promise<Rows>;

/**
 * A statement of one text over Neon's HTTP protocol, for the one that downloads wait for: without driver and query builder
 * it takes less than half of their processor time, and none of their loading. Rejects when Postgres does, with its code at most,
 * or after {@link STATEMENT_LIMIT_MS}. https://github.com/neondatabase/serverless
 */
export function neonStatement({ databaseUrl, endpoint }: DatabaseSettings, query: string): Statement {
  const url = endpoint ?? `https://${new URL(databaseUrl).hostname.replace(/^[^.]+\./, "api.")}/sql`;
  const headers = {
    "Neon-Connection-String": databaseUrl,
    "Neon-Raw-Text-Output": "true",
    "Neon-Array-Mode": "true",
  };
  return async (...params) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new Error("Postgres took too long")), STATEMENT_LIMIT_MS);
    try {
      const body = JSON.stringify({ query, params });
      const response = await fetch(url, { method: "POST", headers, body, signal: limit.signal });
      if (!response.ok) throw new Error(`Postgres answered ${response.status} (${await codeOf(response)})`);
      return ((await response.json()) as { readonly rows: Rows }).rows;
    } finally {
      clearTimeout(timer);
    }
  };
}

type Rows = readonly (readonly (string | null)[])[];

/** Of an error only its code: the message may hold values. What is between us and Postgres may answer with a page. */
async function codeOf(response: Response): Promise<string> {
  const { code } = (await response.json().catch(() => ({}))) as { readonly code?: string };
  return code ?? "no code";
}
