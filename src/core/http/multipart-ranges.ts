import type { ByteRange } from "./byte-range.ts";

/** A body of several parts of one representation, `multipart/byteranges` (RFC 9110 section 14.6). */
export type MultipartRanges = {
  /** Content-Type of the answer. */
  readonly type: string;
  /** Bytes of the body, delimiters included. */
  readonly length: number;
  /** The body in order: text to send as it is, and ranges to read. */
  readonly pieces: readonly (Uint8Array | ByteRange)[];
};

/** Of what the ranges are parts. `contentType` as a 200 would have it. */
export type Parted = { readonly size: number; readonly contentType: string; readonly etag: string };

/** The ranges must lie inside the representation. The same ones give the same body, byte for byte. */
export function multipartRanges(ranges: readonly ByteRange[], { size, contentType, etag }: Parted): MultipartRanges {
  const boundary = boundaryOf(etag);
  const pieces = ranges.flatMap((range, index) => {
    const head = [
      `${index === 0 ? "" : "\r\n"}--${boundary}`,
      `Content-Type: ${contentType}`,
      `Content-Range: ${contentRange(range, size)}`,
    ];
    return [bytes(`${head.join("\r\n")}\r\n\r\n`), range];
  });
  const all = [...pieces, bytes(`\r\n--${boundary}--\r\n`)];
  return {
    type: `multipart/byteranges; boundary=${boundary}`,
    length: all.reduce((sum, piece) => sum + piece.length, 0),
    pieces: all,
  };
}

/** The Content-Range of a range that is sent (RFC 9110 section 14.4). */
export function contentRange({ offset, length }: ByteRange, size: number): string {
  return `bytes ${offset}-${offset + length - 1}/${size}`;
}

/**
 * Two hashes of the ETag (FNV-1a, draft-eastlake-fnv): no bytes hold it by chance, and no randomness is needed. Who
 * writes a file so that it holds its own has put it into nothing but their own file.
 */
function boundaryOf(etag: string): string {
  return `snapbyte-${[0x811c9dc5, 0x01000193].map((seed) => fnv(etag, seed)).join("")}`;
}

function fnv(text: string, seed: number): string {
  let hash = seed;
  for (const byte of bytes(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
