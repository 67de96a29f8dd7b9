import type { AccessMode } from "./tenant.ts";
import type { SignatureVerdict } from "./verify/material.ts";

/**
 * Where a caller's right to a copy stands before the origin is asked: `given`, they may have it; `ask`, only the origin
 * can say; `refused`, the origin would refuse this URL, or the tenant wants a link of its own.
 */
export type Proof = "given" | "ask" | "refused";

export type Evidence = {
  /** What checking the provider's signature said. */
  readonly signature: SignatureVerdict;
  /** Whether the link carries a signature of the tenant's that holds. */
  readonly signedLink: boolean;
  /** Whether the URL's signature was only recognised by names that mean something else on another server. */
  readonly guessed: boolean;
};

/** Weighs what a caller shows under an access mode. Fails closed: what is not proved is asked for or refused. */
export function proofOf(access: AccessMode, { signature, signedLink, guessed }: Evidence): Proof {
  switch (access) {
    case "public":
      // What we took for a credential may select the bytes there, and anybody can write another: the origin must agree.
      return guessed ? "ask" : "given";
    case "signed":
      return signedLink ? "given" : "refused";
    case "verify":
      return { valid: "given", invalid: "refused", unknown: "ask" }[signature] as Proof;
    case "probe":
      return "ask";
  }
}
