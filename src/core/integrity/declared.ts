import type { OriginHead } from "../fills/origin-head.ts";
import type { ObjectName } from "../origin-url/object-name.ts";
import { firstOfEach } from "./checksum-text.ts";
import type { Checksums } from "./checksums.ts";
import { contentMd5, legacyDigest, reprDigest } from "./digest-fields.ts";
import {
  amazonChecksums,
  azureChecksums,
  backblazeChecksums,
  googleChecksums,
  s3EtagChecksums,
} from "./store-checksums.ts";

/**
 * What an origin declares of the bytes of its whole answer (a 200; anything else declares nothing); `object` as the URL
 * that was answered names it. A field that is malformed, or of an algorithm that we do not have, counts as absent.
 *
 * Where two fields say different things of one algorithm, the one that its maker keeps nearest to the bytes counts: first
 * what a store computed itself when it took them, then what a server says in a field of HTTP's, and last what an ETag is
 * by custom. It is no failure: the bytes are compared with that one, and an origin whose other field is stale is common.
 */
export function declaredChecksums(head: OriginHead, object: ObjectName | null): Checksums {
  if (head.status !== 200 || isRecoded(head)) return {};
  return firstOfEach([
    amazonChecksums(head),
    googleChecksums(head),
    azureChecksums(head),
    backblazeChecksums(head),
    reprDigest(head),
    legacyDigest(head),
    contentMd5(head),
    s3EtagChecksums(head, object),
  ]);
}

/**
 * Whether the bytes were packed or unpacked on their way, while the checksums stayed those of the bytes at rest. Google
 * says how it keeps them: it unpacks gzip for whoever does not accept it (https://cloud.google.com/storage/docs/transcoding),
 * and its CDN packs (https://cloud.google.com/cdn/docs/dynamic-compression). Other CDNs and servers that pack make the
 * ETag a weak one (RFC 9110 section 8.8.1); such a CDN may stand before a bucket that we know, under a name of the tenant's.
 */
function isRecoded(head: OriginHead): boolean {
  const coding = codingOf(head.header("content-encoding"));
  const atRest = head.header("x-goog-stored-content-encoding");
  if (atRest !== null) return codingOf(atRest) !== coding;
  return coding !== "identity" && (head.header("etag") ?? "").startsWith("W/");
}

function codingOf(field: string | null): string {
  return field?.trim().toLowerCase() || "identity";
}
