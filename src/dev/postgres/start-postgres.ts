import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { PGlite } from "@electric-sql/pglite";
import { close, listen } from "../net/listen.ts";
import { parseNeonRequest } from "./neon-request.ts";
import { postgresErrorBody } from "./postgres-error.ts";
import { runStatements } from "./run-statements.ts";
import { openTextPostgres } from "./text-postgres.ts";

export type LocalPostgres = {
  /** What goes into `NEON_ENDPOINT`. */
  readonly endpoint: string;
  stop(): Promise<void>;
};

/**
 * Starts the embedded Postgres of `directory` (`null`: in memory) behind an endpoint that speaks Neon's SQL-over-HTTP
 * on 127.0.0.1, so that `@neondatabase/serverless` runs against it unchanged. Port 0 is any free one.
 */
export async function startPostgres(directory: string | null, port = 0): Promise<LocalPostgres> {
  const postgres = await openTextPostgres(directory);
  const server = createServer(async (request, response) => {
    const [status, body] = await answer(postgres, request, directory);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  const bound = await listen(server, port);
  return {
    endpoint: `http://127.0.0.1:${bound}/sql`,
    async stop() {
      await close(server);
      await postgres.close();
    },
  };
}

async function answer(
  postgres: PGlite,
  request: IncomingMessage,
  directory: string | null,
): Promise<[number, unknown]> {
  // Lets a second stack see whose database this is.
  if (request.method === "GET") return [200, { directory }];
  if (request.method !== "POST" || request.url !== "/sql") return [404, { message: "POST /sql is all there is" }];
  try {
    const asked = parseNeonRequest(request.headers, await text(request));
    if (typeof asked === "string") return [400, { message: asked }];
    return [200, await runStatements(postgres, asked)];
  } catch (error) {
    const body = postgresErrorBody(error);
    return body ? [400, body] : [500, { message: String(error) }];
  }
}
