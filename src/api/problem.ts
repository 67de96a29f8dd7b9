import { errorAnswer } from "../core/error-body.ts";

/** The one place where an error becomes a Response. */
export function problem(error: unknown, requestId: string): Response {
  const { status, headers, body } = errorAnswer(error, requestId, Date.now());
  return Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
}
