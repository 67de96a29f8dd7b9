import { createHash } from "node:crypto";

/** One that is compared: what a request can name of it. */
export type OracleFile = {
  readonly name: string;
  readonly size: number;
  readonly etag: string;
  /** HTTP date. */
  readonly lastModified: string;
};

/** When all of them were changed last. */
export const CHANGED = new Date("2026-02-03T04:05:06Z");

/** By name: nothing, one byte, a text, and binaries of 100 kB and of more than 1 MiB. */
export const BODIES: Readonly<Record<string, Uint8Array>> = {
  "empty.bin": new Uint8Array(),
  "one.bin": Uint8Array.of(7),
  "text.txt": Buffer.from("Every line of this one tells you the same.\n".repeat(24)),
  "binary.bin": noise(100_000),
  "large.bin": noise(2 ** 20 + 4321),
};

/** The same bytes each time, of which no two parts are alike. */
function noise(bytes: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, index) =>
    createHash("sha256").update(`block ${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, bytes);
}
