import { existsSync, readFileSync } from "node:fs";
import { it } from "vitest";
import { isTellingExpiry } from "../../src/core/origin-url/telling-expiry.ts";
import { read } from "../core/origin-url/reading.ts";
import { MADE_URLS } from "../core/origin-url/sdk-made-urls.ts";
import { NOON, SECOND } from "../core/samples.ts";

const VECTORS = new URL("../../../shared/vectors/signed_url_vectors.json", import.meta.url);

/** A URL that a provider's signer made, or that was found in the world. */
export type VectorLink = {
  readonly id: string;
  /** As clients send it: a space in it is encoded. */
  readonly url: string;
  readonly schemes: readonly string[];
  readonly storable: boolean;
  /** A moment at which it counts, and is not too near its end for a fill to begin, in ms since the epoch. */
  readonly alive: number;
};

/** Those that vendors' SDKs made, and the published ones where they lie beside this checkout. */
export const VECTOR_LINKS: readonly VectorLink[] = [...MADE_URLS, ...published()].map(({ id, url: text }) => {
  const { raw, schemes, unstorable, expiresAt, notBefore } = read(text);
  const ends = expiresAt !== null && isTellingExpiry(expiresAt, NOON);
  const alive = ends ? expiresAt - 3 * SECOND : Math.max(notBefore ?? NOON, NOON);
  return { id, url: raw.text, schemes, storable: unstorable === null, alive };
});

function published(): readonly { readonly id: string; readonly url: string }[] {
  return existsSync(VECTORS) ? JSON.parse(readFileSync(VECTORS, "utf8")).vectors : [];
}

/** Without the published vectors a line on the console, and a test that passes, name what was left out. */
export function nameWhatIsLeftOut(): void {
  if (existsSync(VECTORS)) return;
  console.log("left out: the vectors of signed_url_vectors.json are not beside this checkout");
  it("left out: signed_url_vectors.json", () => {});
}
