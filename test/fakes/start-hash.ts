import { createHash } from "node:crypto";
import type { StartHash } from "../../src/ports/running-hash.ts";

/** SHA-256 by Node's crypto. */
export const nodeStartHash: StartHash = () => {
  const hash = createHash("sha256");
  return {
    async update(bytes) {
      hash.update(bytes);
    },
    async digest() {
      return hash.digest("hex");
    },
  };
};
