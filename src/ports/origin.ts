import type { OriginHead } from "../core/fills/origin-head.ts";
import type { RawUrl } from "../core/origin-url/raw-url.ts";
import type { ProbeAnswer } from "../core/probe-verdict.ts";

export type OriginAnswer = OriginHead & { readonly body: ReadableStream<Uint8Array> | null };

/** Fields of a request to an origin, as they stand in HTTP; absent is not sent. Nothing else of a client's gets there. */
export type OriginFields = {
  /** `Range`, such as `bytes=0-99`. */
  readonly range?: string;
  /** `If-Match`. */
  readonly ifMatch?: string;
  /** `If-None-Match`. */
  readonly ifNoneMatch?: string;
};

/** The customers' own stores. No redirect of theirs is followed here. */
export type Origin = {
  /** A GET. Bytes come as sent, still under their Content-Encoding. `signal` ends it, the body included. */
  open(url: RawUrl, fields: OriginFields, signal: AbortSignal): Promise<OriginAnswer>;
  /** GET with `Range: bytes=0-0`, the body dropped. Rejects when there is no answer before `signal`. */
  probe(url: RawUrl, signal: AbortSignal): Promise<ProbeAnswer>;
};
