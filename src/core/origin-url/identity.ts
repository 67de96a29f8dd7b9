import type { ClassifiedParameter } from "./classify.ts";
import { bucketText } from "./object-name.ts";
import { foldPercentEncoding } from "./percent-encoding.ts";
import type { UrlFacts } from "./url-facts.ts";

/**
 * Which object a URL names: by the names that its store knows it by, such as `s3:aws/bucket/key?versionId=7` or
 * `gs:bucket/object#7`, where the host is an endpoint that we know or a declared CNAME; by scheme, host, port and path
 * elsewhere. Parameters that select other bytes follow, and what the credentials themselves select.
 */
export function identityOf(
  url: UrlFacts,
  parameters: readonly ClassifiedParameter[],
  selects: readonly string[],
): string {
  const { raw, path, place } = url;
  const query: string[] = [];
  for (const parameter of parameters) {
    if (parameter.class === "significant") query.push(foldPercentEncoding(parameter.raw));
  }
  query.push(...selects);
  // Another port is another server, and without TLS anybody may have answered.
  if (!place?.object || raw.scheme !== "https" || raw.port !== 443) {
    return `${raw.scheme}://${raw.host}:${raw.port}${path}${queryText(query)}`;
  }
  const { object } = place;
  const name = `${bucketText(object)}/${object.key}`;
  if (query.length === 0) return name;
  const [generation, another] = object.store === "gs" ? query.filter((text) => GENERATION.test(text)) : [];
  if (!generation || another) return name + queryText(sorted(query));
  const rest = query.filter((text) => text !== generation);
  return `${name}${queryText(sorted(rest))}#${generation.replace(GENERATION, "$1")}`;
}

/** In the letter case that Google takes: in another one the server would not look at it. */
const GENERATION = /^generation=(\d+)$/;

function queryText(query: readonly string[]): string {
  return query.length > 0 ? `?${query.join("&")}` : "";
}

/** By name: these stores do not look at the order. Two of one name keep theirs. */
function sorted(query: readonly string[]): string[] {
  const nameOf = (text: string) => text.replace(/=.*$/s, "");
  return query.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : nameOf(one) > nameOf(other) ? 1 : 0));
}
