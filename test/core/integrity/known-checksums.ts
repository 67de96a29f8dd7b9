import { createHash } from "node:crypto";
import { startCrc } from "../../../src/core/integrity/crc.ts";
import { declaredChecksums } from "../../../src/core/integrity/declared.ts";
import type { ObjectName } from "../../../src/core/origin-url/object-name.ts";

const TEXT = new TextEncoder().encode("the bytes of the object");
const hashOf = (algorithm: string, text: Uint8Array = TEXT) => createHash(algorithm).update(text).digest("hex");
const crcOf = (algorithm: "crc32" | "crc32c" | "crc64nvme") => {
  const crc = startCrc(algorithm);
  crc.update(TEXT);
  return crc.digest();
};
const base64 = (hex: string) => Buffer.from(hex, "hex").toString("base64");

export const HEX = {
  sha256: hashOf("sha256"),
  sha1: hashOf("sha1"),
  md5: hashOf("md5"),
  crc64nvme: crcOf("crc64nvme"),
  crc32c: crcOf("crc32c"),
  crc32: crcOf("crc32"),
};
export const BASE64 = Object.fromEntries(Object.entries(HEX).map(([name, hex]) => [name, base64(hex)])) as typeof HEX;
/** An MD5 of other bytes. */
export const OTHER = base64(hashOf("md5", new Uint8Array([1])));

export const S3: ObjectName = { store: "s3", namespace: "aws", bucket: "media", key: "a.mp4", inPath: false };
export const EXPRESS: ObjectName = { ...S3, namespace: "aws-express", bucket: "media--use1-az5--x-s3" };
export const MINIO: ObjectName = { ...S3, namespace: "files.example.com", inPath: true };
export const GOOGLE: ObjectName = { ...S3, store: "gs", namespace: "" };
export const AZURE: ObjectName = { ...S3, store: "az", namespace: "account" };
export const ELSEWHERE = null;

/** What an answer with these fields declares. */
export function declared(object: ObjectName | null, fields: Record<string, string>, status = 200) {
  return declaredChecksums({ status, header: (name) => fields[name] ?? null }, object);
}
