import type { SortedParameter } from "./classify.ts";
import { hasDotSegments } from "./percent-encoding.ts";
import type { Binding } from "./scheme.ts";
import { AZURE_SUB_RESOURCES } from "./schemes/azure.ts";
import { S3_LISTING, S3_SUB_RESOURCES } from "./schemes/s3-language.ts";
import type { Signature } from "./signatures.ts";
import type { UrlFacts } from "./url-facts.ts";

export type Unstorable =
  | "malformed"
  | "dot-segments"
  | "signed-headers"
  | "ip-bound"
  | "country-bound"
  | "per-user"
  | "sub-resource"
  | "not-an-object"
  | "encoding-override";

/** Why no copy may be made of what a URL answers, the gravest reason first; `null` when one may. */
export function unstorable(
  url: UrlFacts,
  signatures: readonly Signature[],
  parameters: readonly SortedParameter[],
  bindings: readonly Binding[],
): Unstorable | null {
  if (signatures.some(({ malformed }) => malformed)) return "malformed";
  // Every fetch folds such a path before it is sent, so we would ask for another object.
  if (hasDotSegments(url.raw.path)) return "dot-segments";
  // A link that only works with headers of its holder's cannot be replayed by us.
  if (bindings.includes("headers")) return "signed-headers";
  if (bindings.includes("ip")) return "ip-bound";
  if (bindings.includes("country")) return "country-bound";
  if (bindings.includes("user")) return "per-user";
  if (asksForElse(url, signatures, parameters)) return "sub-resource";
  if (url.place?.listing || (url.path === "/" && BUCKET_HOST.test(url.raw.host))) return "not-an-object";
  return overridesEncoding(parameters) ? "encoding-override" : null;
}

/** A bucket of a store whose objects we do not fold: its root is a listing. */
const BUCKET_HOST =
  /\.(?:aliyuncs\.com|myqcloud\.com|tencentcos\.cn|myhuaweicloud\.(?:com|eu)|i?volces\.com|bcebos\.com)$/;
/** Without `alt=media` Firebase answers with JSON about the object. */
const FIREBASE = "firebasestorage.googleapis.com";

function asksForElse(url: UrlFacts, signatures: readonly Signature[], parameters: readonly SortedParameter[]): boolean {
  if (url.raw.host === FIREBASE && url.value("alt") !== "media") return true;
  const asked = parameters.filter(({ parameter }) => parameter.class !== "credential");
  if (asked.length === 0) return false;
  const sets = signatures.map(({ scheme }) => scheme.subResources);
  // Where we cannot tell a bucket from an object by the path, a listing is told by its words.
  const listed = url.place === null && sets.includes(S3_SUB_RESOURCES);
  const place = subResourcesAt(url);
  return asked.some(({ parameter: { name } }) => {
    return (listed && S3_LISTING.has(name)) || (place?.has(name) ?? false) || sets.some((set) => set.has(name));
  });
}

/** A public object has sub-resources too, without any signature. */
function subResourcesAt({ place }: UrlFacts): ReadonlySet<string> | null {
  if (place === null) return null;
  return place.store === "az" ? AZURE_SUB_RESOURCES : S3_SUB_RESOURCES;
}

/** The stored bytes would have another coding than the one that the origin names by itself. */
function overridesEncoding(parameters: readonly SortedParameter[]): boolean {
  return parameters.some(
    ({ parameter, sent }) =>
      sent && parameter.class === "presentational" && /content-?encoding$|^rsce$/.test(parameter.name),
  );
}
