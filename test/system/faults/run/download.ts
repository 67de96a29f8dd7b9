import { createHash } from "node:crypto";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";

export type Download = {
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly bytes: number;
  /** Of the bytes as they come, packed or not; in hex. */
  readonly sha256: string;
};

/** Downloads a copy, and unpacks nothing: fetch would. */
export async function download(url: string): Promise<Download> {
  const [response] = (await once(get(url, { headers: { "accept-encoding": "gzip" } }), "response")) as [
    IncomingMessage,
  ];
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of response) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { status: response.statusCode ?? 0, fields: response.headers, bytes, sha256: hash.digest("hex") };
}
