import { toHex } from "../../core/crypto/hex.ts";
import type { HashAlgorithm, StartHash } from "../../ports/running-hash.ts";

/** Names as Web Crypto has them; workerd knows MD5 beside those. */
const NAMES: Readonly<Record<HashAlgorithm, string>> = { sha256: "SHA-256", sha1: "SHA-1", md5: "MD5" };

/**
 * A digest by workerd's DigestStream, the only hash there that takes a stream. Feed it large pieces: each costs a crossing
 * into the runtime, and at 8 MiB a piece that is nothing.
 */
export const digestStreamHash: StartHash = (algorithm) => {
  const stream = new crypto.DigestStream(NAMES[algorithm]);
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
