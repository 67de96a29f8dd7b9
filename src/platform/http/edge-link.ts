import type { KeyRing } from "../../core/crypto/key-ring.ts";
import { linkToken } from "../../core/link.ts";
import type { LinkSigner } from "../../ports/link-signer.ts";

/**
 * Links to our own `/f/` route, as references from the root of the host that was asked: the tenant's own name stays in
 * front. The same link gives the same text. The method does not matter there.
 */
export function edgeLinks(ring: KeyRing): LinkSigner {
  return {
    async sign(link, fileName) {
      return `/f/${await linkToken(ring, link)}/${fileName}`;
    },
  };
}
