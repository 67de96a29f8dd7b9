import { withCors } from "../core/http/cors.ts";
import type { CorsSettings } from "../core/tenant.ts";

/** Where a redirect leads, and what became of the request (RFC 9211). */
export type Redirection = { readonly location: string; readonly cacheStatus: string };

/** A 302 to there, see {@link redirectHeaders}. */
export function redirectTo(request: Request, redirection: Redirection, cors: CorsSettings | null): Response {
  return new Response(null, { status: 302, headers: redirectHeaders(request, redirection, cors) });
}

/**
 * The fields of a redirect that no cache keeps and that tells the target nothing of where its visitor came from. `cors` is
 * the tenant's: a script's request ends at a redirect that does not allow it.
 */
export function redirectHeaders(
  request: Request,
  { location, cacheStatus }: Redirection,
  cors: CorsSettings | null,
): Record<string, string> {
  const fields = {
    Location: location,
    "Cache-Status": cacheStatus,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
  };
  return withCors(fields, cors, request.headers.get("Origin"));
}
