import { toHex } from "../../core/crypto/hex.ts";
import type { HashAlgorithm, StartHash } from "../../ports/running-hash.ts";

/** Names as Web Crypto has them; workerd knows MD5 beside those. */
const NAMES: Readonly<Record<HashAlgorithm, string>> = { sha256: "SHA-256", sha1: "SHA-1", md5: "MD5" };

/**
 * A digest by workerd's DigestStream, the only hash there that takes a stream. Feed it large pieces: each costs a crossing
 * into the runtime, and at 8 MiB a piece that is nothing. What comes in one piece needs no stream, which at 1 MiB would be
 * a fifth of the digest's cost.
 */
export const digestStreamHash: StartHash = (algorithm) => {
  const name = NAMES[algorithm];
  let begun: { readonly stream: DigestStream; readonly writer: WritableStreamDefaultWriter } | null = null;
  async function update(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (!begun) {
      const stream = new crypto.DigestStream(name);
      begun = { stream, writer: stream.getWriter() };
    }
    await begun.writer.write(bytes);
  }
  return {
    update,
    async digest(last = new Uint8Array()) {
      if (!begun) return toHex(new Uint8Array(await crypto.subtle.digest(name, last)));
      if (last.length > 0) await update(last);
      await begun.writer.close();
      return toHex(new Uint8Array(await begun.stream.digest));
    },
  };
};
