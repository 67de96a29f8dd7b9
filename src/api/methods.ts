import { SnapbyteError } from "../core/errors.ts";
import type { DownloadParts } from "./compose.ts";

/** What a handler gets to work with. */
export type Call<Parts = DownloadParts> = {
  readonly request: Request;
  readonly requestId: string;
  /** Path parameters, percent-decoded. */
  readonly params: Params;
  readonly parts: Parts;
};

export type Handler<Parts = DownloadParts> = (call: Call<Parts>) => Promise<Response>;

type Params = Readonly<Record<string, string>>;

/** Answers a request for a path; `params` as they stand in it. Rejects with what `problem` makes an answer of. */
export type Route = (request: Request, requestId: string, params?: Params) => Promise<Response>;

/**
 * Picks a path's handler by method; any other is 405 with Allow (RFC 9110 section 15.5.6). A path that answers GET and
 * says nothing of HEAD answers HEAD as GET without the body.
 */
export function methods<Parts>(handlers: Readonly<Record<string, Handler<Parts>>>, parts: Parts): Route {
  const headless = handlers.GET && !handlers.HEAD;
  const allow = Object.keys(handlers).flatMap((method) => (method === "GET" && headless ? ["GET", "HEAD"] : [method]));
  return async (request, requestId, params) => {
    const asked = request.method === "HEAD" && headless ? "GET" : request.method;
    const handler = Object.hasOwn(handlers, asked) ? handlers[asked] : undefined;
    if (!handler) throw new SnapbyteError("METHOD_NOT_ALLOWED", undefined, { headers: { Allow: allow.join(", ") } });
    const response = await handler({ request, requestId, params: params ? decodeParams(params) : {}, parts });
    return request.method === "HEAD" && headless ? new Response(null, response) : response;
  };
}

function decodeParams(params: Params): Params {
  const decoded = Object.entries(params).map(([name, value]) => {
    try {
      return [name, decodeURIComponent(value)];
    } catch {
      throw new SnapbyteError("INVALID_FIELD", `The ${name} in the path is not valid percent-encoding.`);
    }
  });
  return Object.fromEntries(decoded);
}
