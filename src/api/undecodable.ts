import type { Route } from "./methods.ts";

/**
 * For paths whose parameters name what may be there or not: one that is not valid percent-encoding names something too,
 * which is not there, and is answered as that.
 */
export function asItStands(route: Route): Route {
  return async (request, requestId, params = {}) => {
    const named = Object.entries(params).map(([name, text]) => [
      name,
      isDecodable(text) ? text : encodeURIComponent(text),
    ]);
    return await route(request, requestId, Object.fromEntries(named));
  };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
