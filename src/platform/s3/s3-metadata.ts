import type { ObjectHeaders, StoredHead } from "../../ports/object-store.ts";

/** Fields that S3 keeps as what they are: who is sent to the store itself gets them. */
const FIELDS = {
  contentType: "content-type",
  contentEncoding: "content-encoding",
  contentLanguage: "content-language",
  contentDisposition: "content-disposition",
  cacheControl: "cache-control",
} as const;
const NAMES = Object.entries(FIELDS) as readonly (readonly [keyof typeof FIELDS, string])[];

/** Beside the object. */
const META = "x-amz-meta-";
/** Names and values in bytes, of the fields and, apart: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const MOST_BYTES = 2048;
/** What a copy can be without, in this order: a store would refuse it with more than it takes. */
const FIRST_TO_GO = ["cache-control", "content-disposition", "content-language"] as const;
/** Which of {@link FIELDS} were given: stores make up a type, and more, where there was none. */
const KEPT = "kept";
/** The most bytes that this takes, name and value. */
const KEPT_BYTES = META.length + KEPT.length + NAMES.map(([, name]) => name).join("_").length;
const ETAG = "etag";
const LAST_MODIFIED = "last-modified";

/** What a field may hold that reaches every store and comes back as it was: printable ASCII, and single spaces inside. */
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * An object's headers as a request takes them. What is not {@link PLAIN} stays beside the object, percent-encoded. So does
 * the coding unless clients are sent to the store itself (`shown`): whoever knows of it, on the way or in the store, might
 * decode or encode once more.
 */
export function s3Metadata(headers: ObjectHeaders, shown: boolean): Record<string, string> {
  const fields: Record<string, string> = { [META + ETAG]: encoded(headers.etag) };
  if (headers.lastModified !== null) fields[META + LAST_MODIFIED] = encoded(headers.lastModified);
  for (const [property, name] of NAMES) {
    const value = headers[property];
    if (value === null) continue;
    if (PLAIN.test(value) && (shown || property !== "contentEncoding")) fields[name] = value;
    else fields[META + name] = encoded(value);
  }
  for (const name of FIRST_TO_GO) {
    if (bytesOf(fields, false) > MOST_BYTES) delete fields[name];
    if (bytesOf(fields, true) > MOST_BYTES - KEPT_BYTES) delete fields[META + name];
  }
  const kept = NAMES.map(([, name]) => name).filter((name) => name in fields);
  if (kept.length > 0) fields[META + KEPT] = kept.join("_");
  return fields;
}

/** Of what stands beside the object, or of the fields. */
function bytesOf(fields: Record<string, string>, beside: boolean): number {
  const counted = Object.entries(fields).filter(([name]) => name.startsWith(META) === beside);
  return counted.reduce((bytes, [name, value]) => bytes + name.length + value.length, 0);
}

/**
 * What {@link s3Metadata} kept; `size` in bytes. Throws where the answer is in another coding than the object: what comes
 * then are not the bytes that were stored.
 */
export function storedHead({ headers }: Response, size: number): StoredHead {
  const kept = (meta(headers, KEPT) ?? "").split("_");
  const read = (name: string) => meta(headers, name) ?? (kept.includes(name) ? headers.get(name) : null);
  const sent = headers.get("Content-Encoding");
  if (kept.includes("content-encoding") ? sent === null : sent !== null && meta(headers, "content-encoding") === null) {
    throw new Error("the store answered in another coding than the object's");
  }
  const fields = Object.fromEntries(NAMES.map(([property, name]) => [property, read(name)]));
  return {
    size,
    headers: {
      ...(fields as Record<keyof typeof FIELDS, string | null>),
      etag: meta(headers, ETAG) ?? headers.get("ETag") ?? '""',
      lastModified: meta(headers, LAST_MODIFIED),
    },
  };
}

/** GCS may name it by its own prefix. */
function meta(headers: Headers, name: string): string | null {
  const value = headers.get(META + name) ?? headers.get(`x-goog-meta-${name}`);
  return value === null ? null : decoded(value);
}

/** Percent-encodes what is outside printable ASCII, the space, and what begins such an encoding. */
function encoded(value: string): string {
  return value.toWellFormed().replace(/[^\x21-\x24\x26-\x7e]+/g, encodeURIComponent);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
