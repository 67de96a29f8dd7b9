import type { PGlite, Results, Transaction } from "@electric-sql/pglite";
import type { NeonRequest, Statement } from "./neon-request.ts";

/** Runs what a request asks for and returns the body of Neon's answer; rejects with Postgres's own error. */
export async function runStatements(postgres: PGlite, request: NeonRequest): Promise<unknown> {
  const { run, arrayMode } = request;
  if ("single" in run) return await runOne(postgres, run.single, arrayMode);
  // A rejection inside rolls the whole batch back.
  return await postgres.transaction(async (transaction) => {
    if (run.mode) await transaction.exec(`SET TRANSACTION ${run.mode}`);
    const results: unknown[] = [];
    for (const statement of run.batch) results.push(await runOne(transaction, statement, arrayMode));
    return { results };
  });
}

async function runOne(on: PGlite | Transaction, statement: Statement, arrayMode: boolean): Promise<unknown> {
  const result = await on.query(statement.query, statement.params, { rowMode: arrayMode ? "array" : "object" });
  return toNeonResult(result, arrayMode);
}

function toNeonResult(result: Results<unknown>, arrayMode: boolean) {
  return {
    command: result.command ?? "",
    rowCount: result.rowCount ?? null,
    rows: result.rows,
    fields: result.fields.map((field) => ({ ...field, format: "text" })),
    rowAsArray: arrayMode,
  };
}
