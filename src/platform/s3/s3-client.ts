import { AwsV4Signer } from "aws4fetch";
import { type Quirks, quirksOf } from "./quirks.ts";
import { addressOf, type S3Settings } from "./s3-settings.ts";

/** A stream must know its length. */
export type Body = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | string;

export type S3Request = {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** Of an object; empty: the bucket itself is asked. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
};

/** Asks a store, whatever it answers. */
export type S3Client = {
  readonly quirks: Quirks;
  send(request: S3Request): Promise<Response>;
};

/**
 * Requests to a store over fetch, signed by SigV4, each sent once: who asks again is the caller's to know. Bodies are not
 * signed: TLS guards them, and hashing each twice would cost more than storing it. Has no time budget of its own; follows
 * no redirect, which would take the signature elsewhere. Rejects when the store cannot be reached, in words that tell
 * neither its address nor its key.
 */
export function s3Client(settings: S3Settings): S3Client {
  // aws4fetch keeps the signing key of each day here: deriving it is four of the five HMACs.
  const cache = new Map<string, ArrayBuffer>();
  const { accessKeyId, secretAccessKey, region = "auto" } = settings;
  const quirks = quirksOf(new URL(settings.endpoint).hostname);

  async function signed({ method, key, query = {}, headers: given = {} }: S3Request) {
    const url = addressOf(settings, key);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    // Signed is what S3 demands. Whatever stands in between may write the others anew: Google's does so, and then says
    // that the signature does not match.
    const amz = Object.entries(given).filter(([name]) => name.startsWith("x-amz-"));
    const headers = { ...Object.fromEntries(amz), "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
    const credentials = { accessKeyId, secretAccessKey, service: "s3", region };
    const made = await new AwsV4Signer({ method, url: url.href, headers, cache, ...credentials }).sign();
    for (const [name, value] of Object.entries(given)) made.headers.set(name, value);
    const isObject = (method === "GET" || method === "HEAD") && key !== "";
    made.headers.set("Accept-Encoding", isObject ? quirks.acceptEncoding : "identity");
    // The signature is over `%20`, where URLSearchParams writes a space as a plus.
    return { url: made.url.href.replaceAll("+", "%20"), headers: made.headers };
  }

  return {
    quirks,
    async send(request) {
      const { method, body } = request;
      const { url, headers } = await signed(request);
      const options = { method, headers, redirect: "manual", cache: "no-store", encodeResponseBody: "manual" } as const;
      try {
        return await fetch(url, { ...options, ...(body !== undefined && { body }) });
      } catch (error) {
        throw new Error(`${method}: the store cannot be reached: ${withoutAddress(error, settings)}`);
      }
    },
  };
}

/** What the runtime says, which may name the host. The error itself would tell whoever prints its cause. */
function withoutAddress(error: unknown, { endpoint, bucket, ...keys }: S3Settings): string {
  const { host, hostname } = new URL(endpoint);
  const text = error instanceof Error ? error.message : String(error);
  const hidden = [host, hostname, bucket, keys.accessKeyId, keys.secretAccessKey];
  return hidden.reduce((rest, each) => rest.replaceAll(each, "…"), text);
}
