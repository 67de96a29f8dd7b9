/** What a link is to be for. A moment is a Date, or a number of seconds since the epoch. */
export type ProxyLink = {
  /** Where Snapbyte answers, such as `https://edge.example.com`. */
  readonly endpoint: string;
  /** The tenant's site name. */
  readonly site: string;
  /** The link key's id, its `kid`. */
  readonly keyId: string;
  /** The link key: `snap_link_…`. */
  readonly key: string;
  /** The origin's URL, not percent-encoded once more. At least one of url, hash and scope is required. */
  readonly url?: string | undefined;
  /** The entry's key; without it the entry is that of the object which url names. */
  readonly hash?: string | undefined;
  /** Makes a prefix link, for every hash that begins with the text before its final `*`. It leaves url unsigned. */
  readonly scope?: string | undefined;
  /** Seconds from now. This or expiresAt is required, not both. */
  readonly expiresIn?: number | undefined;
  /** The link has ended at this moment. */
  readonly expiresAt?: Date | number | undefined;
  /** The link begins at this moment. */
  readonly notBefore?: Date | number | undefined;
  /** The client's address, or a CIDR block: `203.0.113.7`, `203.0.113.0/24`, `2001:db8:1:2::/64`. */
  readonly ip?: string | undefined;
  /** Names under which a copy that the link has made can be purged with others: 16 at most, of 64 characters each. */
  readonly tags?: readonly string[] | undefined;
  /** What counts as now for expiresIn. */
  readonly now?: Date | number | undefined;
};

/** A link's parameters as text; `""`: absent. */
export type LinkFields = Readonly<
  Record<"url" | "hash" | "site" | "scope" | "exp" | "nbf" | "ip" | "tags" | "kid", string>
>;

/** Bytes of UTF-8 that hash, and scope before its `*`, may have. */
const MAX_KEY_BYTES = 512;
/** Seconds since the epoch have at most 12 digits; milliseconds have 13, and are so found out. */
const MAX_SECONDS = 999_999_999_999;
const MAX_TAGS = 16;
const TAG = /^[!-+\--~]{1,64}$/;
/** Control characters could make one line of the signed text pass for two; a lone surrogate has no UTF-8. */
const UNSIGNABLE = /[\p{Cc}\p{Cs}]/u;

/** Reads and checks what was wished for. Throws an Error that begins with the name of the field that is wrong. */
export function readProxyLink(link: ProxyLink): { endpoint: string; key: string; fields: LinkFields } {
  const { endpoint, key, keyId, site, url = "", hash = "", scope = "", ip = "", tags = [] } = link;
  for (const [name, value] of Object.entries({ endpoint, key, keyId, site, url, hash, scope, ip })) {
    check(name, typeof value === "string", "must be text");
  }
  check("endpoint", /^https?:\/\/[^\s/?#@\\]+\/?$/.test(endpoint), "must be such as https://edge.example.com");
  check("key", /^snap_link_[A-Za-z0-9_-]{43}$/.test(key), "must be a link key, snap_link_ and 43 characters");
  check("keyId", /^[A-Za-z0-9_-]{1,64}$/.test(keyId), "must be the id of a link key");
  check("site", site !== "" && !UNSIGNABLE.test(site), "must be the tenant's site name");
  check("url", url !== "" || hash !== "" || scope !== "", "is required, or hash, or scope");
  check(
    "url",
    url === "" || (/^https?:\/\/[^ \\]+$/i.test(url) && !UNSIGNABLE.test(url)),
    "must be a whole http or https URL",
  );
  check("hash", fits(hash), `must be at most ${MAX_KEY_BYTES} bytes, with no control characters`);
  const prefix = scope.slice(0, -1);
  check("scope", scope === "" || /^[^*]+\*$/.test(scope), "must be text and then one *, and no other *");
  check("scope", fits(prefix), `must be at most ${MAX_KEY_BYTES} bytes and a *, with no control characters`);
  check("hash", hash === "" || hash.startsWith(prefix), "must begin with the text before scope's *");
  check("tags", Array.isArray(tags) && tags.length <= MAX_TAGS, `must be at most ${MAX_TAGS} tags`);
  check(
    "tags",
    tags.every((tag) => TAG.test(tag)),
    "must be 1 to 64 printable ASCII characters each, no space or comma",
  );
  check("ip", ip === "" || /^[0-9a-f:.]+(?:\/\d{1,3})?$/i.test(ip), "must be an IP address or a CIDR block");
  return {
    endpoint: endpoint.replace(/\/$/, ""),
    key,
    fields: { url, hash, site, scope, ip, tags: tags.join(","), kid: keyId, ...times(link) },
  };
}

function times({ expiresIn, expiresAt, notBefore, now = new Date() }: ProxyLink): { exp: string; nbf: string } {
  check("expiresIn", (expiresIn === undefined) !== (expiresAt === undefined), "or expiresAt is required, and not both");
  const start = Math.floor(seconds(now));
  check("now", isMoment(start), "must be a Date, or seconds since the epoch");
  const whole = expiresIn === undefined || (Number.isInteger(expiresIn) && expiresIn > 0);
  check("expiresIn", whole, "must be a whole number of seconds, 1 or more");
  const exp = expiresIn === undefined ? Math.floor(seconds(expiresAt ?? Number.NaN)) : start + expiresIn;
  check(expiresIn === undefined ? "expiresAt" : "expiresIn", isMoment(exp), "must be a Date, or seconds and not ms");
  if (notBefore === undefined) return { exp: String(exp), nbf: "" };
  const nbf = Math.ceil(seconds(notBefore));
  check("notBefore", isMoment(nbf) && nbf < exp, "must be a Date, or seconds since the epoch, before the link's end");
  return { exp: String(exp), nbf: String(nbf) };
}

function seconds(moment: Date | number): number {
  return typeof moment === "number" ? moment : moment.getTime() / 1000;
}

function isMoment(moment: number): boolean {
  return moment >= 0 && moment <= MAX_SECONDS;
}

function fits(text: string): boolean {
  return !UNSIGNABLE.test(text) && new TextEncoder().encode(text).length <= MAX_KEY_BYTES;
}

function check(field: string, holds: boolean, rule: string): void {
  if (!holds) throw new Error(`${field} ${rule}.`);
}
