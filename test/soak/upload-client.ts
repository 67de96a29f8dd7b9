import { createHash } from "node:crypto";
import { request } from "node:http";
import { Readable } from "node:stream";
import { patternBytes } from "./pattern.ts";

/** Where the bytes of a range are sent, and with which fields. */
export type Destination = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

/** Bytes that were handed to the wire, those of vain tries included. */
export type Sent = { bytes: number };

export type Answered = { readonly status: number; readonly etag: string; readonly text: string };

/** Sends the bytes of a version from `first` to before `end`; rejects when the connection breaks. */
export async function putRange(
  version: number,
  [first, end]: readonly [first: number, end: number],
  { url, headers }: Destination,
  sent: Sent,
): Promise<Answered> {
  return await new Promise((resolve, reject) => {
    const sending = request(url, { method: "PUT", headers: { ...headers, "Content-Length": end - first } });
    sending.on("error", reject);
    sending.on("response", (response) => {
      response.setEncoding("utf8");
      let text = "";
      response.on("data", (piece: string) => {
        text += piece;
      });
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, etag: response.headers.etag ?? "", text }));
    });
    const body = Readable.from(counted(patternBytes(version, first, end), sent));
    body.on("error", reject);
    body.pipe(sending);
  });
}

/** SHA-256 of a whole version of so many bytes, in hex. */
export function digestOf(version: number, size: number): string {
  const hash = createHash("sha256");
  for (const piece of patternBytes(version, 0, size)) hash.update(piece);
  return hash.digest("hex");
}

function* counted(pieces: Iterable<Buffer>, sent: Sent): Generator<Buffer> {
  for (const piece of pieces) {
    sent.bytes += piece.length;
    yield piece;
  }
}
