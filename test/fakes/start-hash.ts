import { createHash } from "node:crypto";
import type { StartHash } from "../../src/ports/running-hash.ts";

/** Digests by Node's crypto. */
export const nodeStartHash: StartHash = (algorithm) => {
  const hash = createHash(algorithm);
  return {
    async update(bytes) {
      hash.update(bytes);
    },
    async digest(last) {
      if (last) hash.update(last);
      return hash.digest("hex");
    },
  };
};
