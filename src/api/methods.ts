import type { IRequest } from "itty-router";
import { SnapbyteError } from "../core/errors.ts";
import type { Parts } from "./compose.ts";

/** What a route gets to work with. */
export type Call = {
  readonly request: Request;
  readonly requestId: string;
  /** Path parameters, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly parts: Parts;
};

export type Handler = (call: Call) => Promise<Response>;

/**
 * Picks a path's handler by method; any other is 405 with Allow (RFC 9110 section 15.5.6). A path that answers GET and
 * says nothing of HEAD answers HEAD as GET without the body.
 */
export function methods(handlers: Readonly<Record<string, Handler>>, parts: Parts) {
  const headless = handlers.GET && !handlers.HEAD;
  const allow = Object.keys(handlers).flatMap((method) => (method === "GET" && headless ? ["GET", "HEAD"] : [method]));
  return async (request: IRequest, requestId: string): Promise<Response> => {
    const asked = request.method === "HEAD" && headless ? "GET" : request.method;
    const handler = Object.hasOwn(handlers, asked) ? handlers[asked] : undefined;
    if (!handler) throw new SnapbyteError("METHOD_NOT_ALLOWED", undefined, { headers: { Allow: allow.join(", ") } });
    const call = { request: request as unknown as Request, requestId, params: decodeParams(request.params), parts };
    const response = await handler(call);
    return request.method === "HEAD" && headless ? new Response(null, response) : response;
  };
}

/** itty-router hands them over as they stand in the path. */
function decodeParams(params: Readonly<Record<string, string>> = {}): Record<string, string> {
  const decoded = Object.entries(params).map(([name, value]) => {
    try {
      return [name, decodeURIComponent(value)];
    } catch {
      throw new SnapbyteError("INVALID_FIELD", `The ${name} in the path is not valid percent-encoding.`);
    }
  });
  return Object.fromEntries(decoded);
}
