import { SnapbyteError } from "../../core/errors.ts";
import { DEFAULT_PORT, parseRawUrl } from "../../core/origin-url/raw-url.ts";
import type { CorsSettings } from "../../core/tenant.ts";

/** A field's name (RFC 9110 section 5.1), in lower case. */
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** The settings, each value once. Throws 400 naming the value that is none. */
export function checkCors(cors: CorsSettings): CorsSettings {
  const { origins, requestHeaders, exposedHeaders, maxAgeSeconds } = cors;
  if (origins.includes("*") && origins.length > 1) {
    throw new SnapbyteError("INVALID_FIELD", "cors.origins must be * alone, or origins by name.");
  }
  return {
    origins: origins.map(checkOrigin).filter(isFirst),
    requestHeaders: fieldNames("request_headers", requestHeaders),
    exposedHeaders: fieldNames("exposed_headers", exposedHeaders),
    maxAgeSeconds,
  };
}

/**
 * An origin as browsers send it (HTML, "serialization of an origin"): it is compared letter by letter, so that another
 * spelling would never be let in. `null` is what pages say that have none, and any page can bring that about.
 */
function checkOrigin(origin: string, position: number): string {
  if (origin === "*") return origin;
  const url = parseRawUrl(origin);
  if (typeof url !== "string") {
    const port = url.port === DEFAULT_PORT[url.scheme] ? "" : `:${url.port}`;
    if (origin === `${url.scheme}://${url.host}${port}`) return origin;
  }
  const form = "such as https://app.example.com: scheme, host and port in lower case, without path and default port";
  throw new SnapbyteError("INVALID_FIELD", `cors.origins.${position} must be an origin ${form}.`);
}

/** By name: `*` would be all of them. */
function fieldNames(list: string, names: readonly string[]): string[] {
  const checked = names.map((name, position) => {
    const lower = name.toLowerCase();
    if (lower !== "*" && FIELD_NAME.test(lower)) return lower;
    throw new SnapbyteError("INVALID_FIELD", `cors.${list}.${position} must be the name of a field, such as x-player.`);
  });
  return checked.filter(isFirst);
}

function isFirst<Value>(value: Value, position: number, all: readonly Value[]): boolean {
  return all.indexOf(value) === position;
}
