import { objectKey } from "../../src/core/entry.ts";
import type { LinkSigner } from "../../src/ports/link-signer.ts";

/** Signs nothing: the address says in clear what it is for, under a host of its own for each signer. */
export function fakeLinkSigner(host = "copies.test"): LinkSigner {
  return {
    async sign({ key, generation, expiresAt }, fileName, method) {
      return `https://${host}/${objectKey(key, generation)}/${fileName}?until=${expiresAt}&method=${method}`;
    },
  };
}
