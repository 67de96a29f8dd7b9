import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";

const MIB = 2 ** 20;

/** What lies under a URL. */
export type Body = { readonly bytes: Buffer; readonly etag: string };

/** Put into the store at once. */
export const SMALL: Body = { bytes: randomBytes(64 * 1024 + 7), etag: '"small"' };
/** More than is put at once (64 MiB, src/core/fills/fill-choice.ts), so it goes in parts. */
export const LARGE: Body = { bytes: randomBytes(70 * MIB), etag: '"large-1"' };
/** What the origin has under the same URL later on. */
export const LARGE_CHANGED: Body = { bytes: randomBytes(70 * MIB + 4321), etag: '"large-2"' };
export const EMPTY: Body = { bytes: Buffer.alloc(0), etag: '"empty"' };
/** As it is stored at the origin: packed. */
export const PACKED: Body = { bytes: gzipSync(SMALL.bytes), etag: '"packed"' };

/** Bytes of a part of LARGE, as src/core/fills/fill-choice.ts has it. */
export const PART_BYTES = 8 * MIB;
/** Parts of LARGE. */
export const PARTS = Math.ceil(LARGE.bytes.length / PART_BYTES);
/** Within a part of LARGE, with whole ones on both sides. */
export const IN_THE_MIDDLE = 44 * MIB;
