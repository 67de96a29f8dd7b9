import { readFileSync } from "node:fs";
import { z } from "zod";
import type { ProxyLink } from "../../src/sdk/index.ts";

const vector = z.strictObject({
  name: z.string(),
  endpoint: z.string(),
  site: z.string(),
  key: z.string(),
  kid: z.string(),
  url: z.string().nullable(),
  hash: z.string().nullable(),
  scope: z.string().nullable(),
  exp: z.int(),
  nbf: z.int().nullable(),
  ip: z.string().nullable(),
  tags: z.string().nullable().default(null),
  canonical: z.string(),
  sig: z.string(),
  link: z.string(),
});

/** A link with all that is computed on the way to it; `null`: the field is absent. */
export type Vector = z.infer<typeof vector>;

const file = new URL("./signed-link-vectors.json", import.meta.url);

export const VECTORS: readonly Vector[] = z.array(vector).parse(JSON.parse(readFileSync(file, "utf8")));

/** A vector as the SDK is asked for it. */
export function wishOf({ endpoint, site, key, kid, url, hash, scope, exp, nbf, ip, tags }: Vector): ProxyLink {
  return {
    ...{ endpoint, site, key, keyId: kid, expiresAt: exp },
    ...{ url: url ?? undefined, hash: hash ?? undefined, scope: scope ?? undefined },
    ...{ notBefore: nbf ?? undefined, ip: ip ?? undefined, tags: tags?.split(",") },
  };
}
