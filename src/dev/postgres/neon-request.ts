import type { IncomingHttpHeaders } from "node:http";
import * as z from "zod";

const Statement = z.object({ query: z.string(), params: z.array(z.unknown()).default([]) });
const Body = z.union([Statement, z.object({ queries: z.array(Statement) })]);

/** The driver always asks for raw text; whoever asks for anything else is refused. */
const Headers = z.object({
  "neon-raw-text-output": z.literal("true"),
  "neon-array-mode": z.string().optional(),
  "neon-batch-isolation-level": z
    .enum(["ReadUncommitted", "ReadCommitted", "RepeatableRead", "Serializable"])
    .optional(),
  "neon-batch-read-only": z.string().optional(),
  "neon-batch-deferrable": z.string().optional(),
});

export type Statement = z.infer<typeof Statement>;

/** What one `POST /sql` of Neon's SQL-over-HTTP asks for: one statement, or several in one transaction. */
export type NeonRequest = {
  readonly arrayMode: boolean;
  readonly run: { readonly single: Statement } | { readonly batch: readonly Statement[]; readonly mode: string | null };
};

/** Reads a request of the Neon driver; a string is the reason why it is none. */
export function parseNeonRequest(headers: IncomingHttpHeaders, text: string): NeonRequest | string {
  const head = Headers.safeParse(headers);
  if (!head.success) return z.prettifyError(head.error);
  const body = Body.safeParse(parseJson(text));
  if (!body.success) return "expected a JSON body { query, params } or { queries: [{ query, params }] }";
  const arrayMode = head.data["neon-array-mode"] === "true";
  if (!("queries" in body.data)) return { arrayMode, run: { single: body.data } };
  return { arrayMode, run: { batch: body.data.queries, mode: transactionMode(head.data) } };
}

/** The rest of a `SET TRANSACTION` for the batch headers, or `null` when they ask for nothing. */
function transactionMode(headers: z.infer<typeof Headers>): string | null {
  const level = headers["neon-batch-isolation-level"];
  const modes: string[] = [];
  if (level) modes.push(`ISOLATION LEVEL ${level.replace(/(?<=[a-z])(?=[A-Z])/, " ")}`);
  if (headers["neon-batch-read-only"] === "true") modes.push("READ ONLY");
  if (headers["neon-batch-deferrable"] === "true") modes.push("DEFERRABLE");
  return modes.length > 0 ? modes.join(", ") : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
