import { toHex } from "../../core/crypto/hex.ts";
import type { StartHash } from "../../ports/running-hash.ts";

/**
 * SHA-256 by workerd's DigestStream, the only hash there that takes a stream. Feed it large pieces: each costs a crossing
 * into the runtime, and at 8 MiB a piece that is nothing.
 */
export const digestStreamHash: StartHash = () => {
  const stream = new crypto.DigestStream("SHA-256");
  const writer = stream.getWriter();
  return {
    async update(bytes) {
      await writer.write(bytes);
    },
    async digest() {
      await writer.close();
      return toHex(new Uint8Array(await stream.digest));
    },
  };
};
