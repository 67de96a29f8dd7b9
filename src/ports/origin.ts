import type { OriginHead } from "../core/fills/fillable.ts";
import type { RawUrl } from "../core/origin-url/raw-url.ts";
import type { ProbeAnswer } from "../core/probe-verdict.ts";

export type OriginAnswer = OriginHead & { readonly body: ReadableStream<Uint8Array> | null };

/** The customers' own stores. Nothing of a client's request reaches them, and no redirect of theirs is followed. */
export type Origin = {
  /** A whole GET. Bytes come as sent, still under their Content-Encoding. `signal` ends it, the body included. */
  open(url: RawUrl, signal: AbortSignal): Promise<OriginAnswer>;
  /** GET with `Range: bytes=0-0`, the body dropped. Rejects when there is no answer before `signal`. */
  probe(url: RawUrl, signal: AbortSignal): Promise<ProbeAnswer>;
};
