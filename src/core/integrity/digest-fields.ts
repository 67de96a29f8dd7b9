import type { OriginHead } from "../fills/origin-head.ts";
import { checksumOfBase64, firstOfEach } from "./checksum-text.ts";
import type { ChecksumAlgorithm, Checksums } from "./checksums.ts";

/** As the registry of RFC 9530 and that of RFC 3230 name them. Their CRC-32C has been written in more than one way. */
const NAMES: ReadonlyMap<string, ChecksumAlgorithm> = new Map([
  ["sha-256", "sha256"],
  ["sha", "sha1"],
  ["md5", "md5"],
]);

/** One member of a dictionary of byte sequences (RFC 9651 section 3.2), whose parameters say nothing to us. */
const MEMBER = /^([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):(?:;[^";]*)*$/;

/**
 * `Repr-Digest` (RFC 9530 section 3). A field that is not what it has to be counts as absent as a whole (RFC 9651 section
 * 4.2), and of one name twice the last holds. `Content-Digest` is not read: it speaks of one message, and not of the object.
 */
export function reprDigest(head: OriginHead): Checksums {
  const members = (head.header("repr-digest") ?? "").split(",").map((member) => MEMBER.exec(member.trim()));
  if (members.includes(null)) return {};
  return firstOfEach(members.map((member) => digestNamed(member?.[1], member?.[2])).reverse());
}

/** `Digest` (RFC 3230 section 4.3.2), which RFC 9530 made obsolete and which is still sent. */
export function legacyDigest(head: OriginHead): Checksums {
  const instances = (head.header("digest") ?? "").split(",").map((instance) => /^([^=]+)=(.*)$/.exec(instance.trim()));
  return firstOfEach(instances.map((instance) => digestNamed(instance?.[1]?.toLowerCase(), instance?.[2])));
}

/** `Content-MD5` (RFC 2616 section 14.15); on Azure it is a property of the blob. */
export function contentMd5(head: OriginHead): Checksums {
  return checksumOfBase64("md5", head.header("content-md5"));
}

function digestNamed(name: string | undefined, base64: string | undefined): Checksums {
  const algorithm = NAMES.get(name ?? "");
  return algorithm ? checksumOfBase64(algorithm, base64) : {};
}
