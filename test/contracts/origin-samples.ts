/** What the origin of the contract answers under each path, by status, headers and body as they go over the wire. */
export type OriginSample = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Knows ranges: one gets 206, or 416 where it holds no byte. */
  readonly ranges?: true;
  /** Sends this body and then nothing more, and never ends. */
  readonly stalls?: true;
  /** Does not answer at all. */
  readonly silent?: true;
  /** Sends no Content-Length: the body comes in chunks, and the last of them ends it. */
  readonly chunked?: true;
  /** Sends no Content-Length: the body ends with the connection. */
  readonly closes?: true;
  /** The connection is lost after so many bytes of the body. */
  readonly cutAfter?: number;
};

/** `snapbyte `, a hundred times, as gzip made it. */
const GZIP = "H4sIAAAAAAAAAyvOSyxIqixJVSgeZYwyRhkDwQAAIC9kSIQDAAA=";

export const ORIGIN_SAMPLES: Readonly<Record<string, OriginSample>> = {
  "/hello.txt": {
    status: 200,
    ranges: true,
    headers: { "content-type": "text/plain", etag: '"hello-1"', "last-modified": "Fri, 20 Nov 2026 12:00:00 GMT" },
    body: "Hello from the origin.\n",
  },
  "/empty": { status: 200, ranges: true, headers: { etag: '"empty-1"' }, body: "" },
  "/whole-only": { status: 200, headers: { etag: 'W/"whole-1"' }, body: "no ranges here" },
  "/gzip": {
    status: 200,
    headers: { "content-type": "text/plain", "content-encoding": "gzip" },
    body: Uint8Array.from(atob(GZIP), (character) => character.charCodeAt(0)),
  },
  "/chunked": { status: 200, chunked: true, body: "who knows how long" },
  "/closes": { status: 200, closes: true, body: "until the connection ends" },
  "/cut": { status: 200, cutAfter: 4, body: "only a part of it comes" },
  "/cut-chunked": { status: 200, chunked: true, cutAfter: 4, body: "only a part of it comes" },
  "/moved": { status: 302, headers: { location: "/hello.txt" } },
  "/forbidden": { status: 403, body: "no" },
  "/gone": { status: 404, body: "no such key" },
  "/stalls": { status: 200, headers: { "content-length": "100" }, stalls: true, body: "only the start" },
  "/silent": { status: 200, silent: true },
  "/a//b/c%2Fd?x=1&y=%20z&y=2": { status: 200, body: "as it stands" },
};

/** The bytes of a sample's body. */
export function bodyOf({ body = "" }: OriginSample): Uint8Array<ArrayBuffer> {
  return typeof body === "string" ? Uint8Array.from(new TextEncoder().encode(body)) : body;
}
