/** What an origin writes to the connection, headers and all, and what it does at last. */
export type OriginWire = { readonly bytes: string; readonly last: "end" | "reset" };

const OK = "HTTP/1.1 200 OK\r\n";
/** For what looks whole: the next request would go over this connection, which is about to end, and be lost with it. */
const LAST_OK = `${OK}Connection: close\r\n`;

/** Answers that break the rules of HTTP, or that no server of Node's would give. */
export const ORIGIN_WIRES: Readonly<Record<string, OriginWire>> = {
  "/wire/http-1.0": { bytes: "HTTP/1.0 200 OK\r\n\r\nhello", last: "end" },
  "/wire/too-long": { bytes: `${LAST_OK}Content-Length: 3\r\n\r\nhello`, last: "end" },
  "/wire/too-short": { bytes: `${OK}Content-Length: 9\r\n\r\nhello`, last: "end" },
  "/wire/reset": { bytes: `${OK}Content-Length: 9\r\n\r\nhello`, last: "reset" },
  "/wire/reset-close-framed": { bytes: `${OK}\r\nhello`, last: "reset" },
  "/wire/no-last-chunk": { bytes: `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`, last: "end" },
  "/wire/half-a-chunk": { bytes: `${OK}Transfer-Encoding: chunked\r\n\r\n9\r\nhello`, last: "end" },
  "/wire/length-and-chunks": {
    bytes: `${LAST_OK}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
    last: "end",
  },
  "/wire/two-lengths": { bytes: `${OK}Content-Length: 3\r\nContent-Length: 5\r\n\r\nhello`, last: "end" },
  "/wire/length-in-words": { bytes: `${OK}Content-Length: five\r\n\r\nhello`, last: "end" },
  "/wire/nothing": { bytes: "", last: "end" },
  "/wire/no-http": { bytes: "SSH-2.0-OpenSSH\r\n\r\n", last: "end" },
};
