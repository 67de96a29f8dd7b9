import { createHash } from "node:crypto";
import { startCrc } from "../../../../src/core/integrity/crc.ts";
import type { FaultCase } from "../fault-case.ts";
import { once, well } from "../origin/answers.ts";
import { IN_THE_MIDDLE, LARGE, LARGE_CHANGED, PARTS, SMALL } from "../origin/bodies.ts";
import { endAt } from "./breaks.ts";

/** In base64, as header fields have it. */
export function digestOf(algorithm: "md5" | "sha256", bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest("base64");
}

function crc32cOf(bytes: Uint8Array): string {
  const crc = startCrc("crc32c");
  crc.update(bytes);
  return Buffer.from(crc.digest(), "hex").toString("base64");
}

/** Checksums of other bytes than those that come. */
const other = SMALL.bytes.subarray(1);
const MISMATCH = { failed: "DIGEST_MISMATCH" } as const;
const both = (algorithm: "md5" | "sha256") => {
  const hex = (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest("hex");
  return { ...MISMATCH, message: new RegExp(`(?=.*${hex(SMALL.bytes)})(?=.*${hex(other)})`) };
};

const wrongLarge = { "content-md5": digestOf("md5", LARGE_CHANGED.bytes) };

export const CHECKSUMS: readonly FaultCase[] = [
  {
    name: "wrong Content-MD5",
    origin: well(SMALL, { "content-md5": digestOf("md5", other) }),
    ends: MISMATCH,
  },
  {
    name: "wrong x-goog-hash",
    origin: well(SMALL, { "x-goog-hash": `crc32c=${crc32cOf(other)}` }),
    ends: MISMATCH,
  },
  {
    name: "wrong x-amz-checksum-sha256",
    origin: well(SMALL, { "x-amz-checksum-sha256": digestOf("sha256", other) }),
    ends: both("sha256"),
  },
  {
    name: "wrong Content-MD5, once",
    origin: once(well(SMALL, { "content-md5": digestOf("md5", other) }), well(SMALL)),
    ends: { ready: SMALL },
    asked: 2,
  },
  {
    name: "right checksums of every kind",
    origin: well(SMALL, {
      "content-md5": digestOf("md5", SMALL.bytes),
      "x-goog-hash": `crc32c=${crc32cOf(SMALL.bytes)}`,
      "x-amz-checksum-sha256": digestOf("sha256", SMALL.bytes),
    }),
    ends: { ready: SMALL },
    asked: 1,
  },
  {
    name: "70 MiB, wrong x-goog-hash",
    origin: well(LARGE, { "x-goog-hash": `crc32c=${crc32cOf(other)}` }),
    ends: MISMATCH,
  },
  {
    name: "70 MiB, wrong Content-MD5, ends in the middle",
    origin: once(endAt(LARGE, IN_THE_MIDDLE, wrongLarge), well(LARGE, wrongLarge)),
    ends: MISMATCH,
    asked: 1 + PARTS,
  },
];
