import { createServer } from "node:http";
import { afterAll, beforeAll } from "vitest";
import { close, listen } from "../../src/dev/net/listen.ts";
import { until } from "../system/stack/until.ts";

/** A customer's web site: empty pages, some files of its own, and a place where scripts tell that they have run. */
export type Pages = {
  /** `http://127.0.0.1:PORT`; every other host name of this machine leads to it, too. */
  readonly url: string;
  readonly port: number;
  /** Adds a file under `/NAME`. */
  put(name: string, body: Uint8Array): void;
  /** An address that notes that it was asked for. */
  marker(name: string): string;
  /** The names of the markers that were asked for so far. */
  readonly marked: ReadonlySet<string>;
  /** Waits until a marker is asked for. */
  untilMarked(name: string): Promise<void>;
};

const MARKER = "/marker-";

/** Gives the tests of this file such a site. */
export function withPages(): () => Pages {
  const files = new Map<string, Uint8Array>();
  const marked = new Set<string>();
  const server = createServer(({ url = "" }, response) => {
    if (url.startsWith(MARKER)) marked.add(url.slice(MARKER.length));
    const file = files.get(url);
    if (file) response.writeHead(200, { "content-type": "application/octet-stream" }).end(file);
    else response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>A page</title>");
  });
  let port = 0;
  beforeAll(async () => {
    port = await listen(server, 0);
  });
  afterAll(async () => {
    await close(server);
  });
  return () => ({
    url: `http://127.0.0.1:${port}`,
    port,
    put: (name, body) => files.set(`/${name}`, body),
    marker: (name) => `http://127.0.0.1:${port}${MARKER}${name}`,
    marked,
    async untilMarked(name) {
      await until(`${name} has told that it ran`, async () => marked.has(name) || null);
    },
  });
}
