import type { ObjectName } from "../origin-url/object-name.ts";
import type { RawUrl } from "../origin-url/raw-url.ts";
import type { Material, SignatureVerdict } from "./material.ts";

/** A URL as a provider's server would look at it. */
export type SignedUrl = {
  readonly raw: RawUrl;
  /** `null`: the host is no endpoint that we know, and the tenant has not said whose it is. */
  readonly object: ObjectName | null;
};

export type Circumstances = {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The public keys of a registered Google service account; `null`: none are known now. */
  accountKeys(email: string): Promise<readonly JsonWebKey[] | null>;
};

/** Checks the signature of one scheme on a URL that carries it, for a GET by anybody. Never rejects. */
export type Verifier = (
  url: SignedUrl,
  material: readonly Material[],
  circumstances: Circumstances,
) => Promise<SignatureVerdict>;
