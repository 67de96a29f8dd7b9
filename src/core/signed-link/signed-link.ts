/** A `/proxy` link that a tenant signed, or wants to sign: what it is for, and until when. All text percent-decoded. */
export type UnsignedLink = {
  /** The tenant's site name: what one tenant signs is of no use at another, whatever their keys. */
  readonly site: string;
  readonly hash: string | null;
  readonly url: string | null;
  /** A prefix link's keys: all that begin with the text before its final `*`. */
  readonly scope: string | null;
  /** Seconds since the epoch; the link has ended at this very moment. */
  readonly exp: number;
  /** Seconds since the epoch; the link begins at this very moment. */
  readonly nbf: number | null;
  /** The block of addresses, as written, from which the link may be asked. */
  readonly ip: string | null;
  /** Names, with commas between them, under which a copy that the link has made can be purged with others. */
  readonly tags: string | null;
  readonly kid: string;
};

export type SignedLink = UnsignedLink & {
  /** HMAC-SHA256 of {@link canonicalText} in base64url. */
  readonly sig: string;
};

/**
 * What is signed, as UTF-8: seven fields with a line break between each two, an empty one for what is absent. The first
 * names the scheme and its version: there is no parameter that chooses an algorithm. A prefix link has a first line of its
 * own, or else a link for the one key `reports/*` could be turned into a link for all keys below `reports/`. A link with
 * tags has another version, with an eighth field for them; one without is signed as it was before there were tags.
 */
export function canonicalText({ site, hash, url, scope, exp, nbf, ip, tags }: Omit<UnsignedLink, "kid">): string {
  const version = tags === null ? "v1" : "v2";
  const what = scope === null ? ["link", hash ?? "", url ?? ""] : ["prefix", scope, ""];
  const [kind, ...named] = what;
  const terms = [exp, nbf ?? "", ip ?? "", ...(tags === null ? [] : [tags])];
  return [`snapbyte-${kind}-${version}`, site, ...named, ...terms].join("\n");
}

/** Path and query of a link; the host is the caller's. A prefix link without a hash wants `&hash=…` at its end. */
export function signedPath(link: SignedLink): string {
  const { url, hash, site, scope, exp, nbf, ip, tags, kid, sig } = link;
  const query = Object.entries({ url, hash, site, scope, exp, nbf, ip, tags, kid, sig }).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encode(String(value))}`],
  );
  return `/proxy?${query.join("&")}`;
}

/** Percent-encodes all but RFC 3986's unreserved characters: every language has a function that does the same. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
