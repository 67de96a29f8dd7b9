/** Bytes that a URL given to us may have. */
export const MAX_URL_BYTES = 8192;

/**
 * A URL taken apart on its raw text. The URL class would fold `//`, `./` and `%2F`, which S3 keys may hold: that merges
 * keys and breaks signatures.
 */
export type RawUrl = {
  /** The URL as it was given. */
  readonly text: string;
  readonly scheme: "http" | "https";
  /** Lower case. */
  readonly host: string;
  readonly port: number;
  /** From the first `/`, still percent-encoded. */
  readonly path: string;
  readonly parameters: readonly RawParameter[];
};

export type RawParameter = {
  /** Percent-decoded and lower-cased: providers compare names so. */
  readonly name: string;
  /** `name=value` as it stands in the URL. */
  readonly raw: string;
  /** Percent-decoded. */
  readonly value: string;
};

export type RawUrlProblem = "too-long" | "not-absolute" | "scheme" | "userinfo" | "host" | "characters";

const SHAPE = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?$/;
const HOST = /^([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i;
/**
 * All but what is visible and no backslash: control characters and spaces would split our Location header, and a backslash
 * is a slash to browsers and not to us.
 */
const FORBIDDEN = /[^!-[\]-~\u00a0-\uffff]/;
/** The port of a URL that names none. */
export const DEFAULT_PORT = { http: 80, https: 443 } as const;

const encoder = new TextEncoder();

/**
 * Takes an absolute http(s) URL apart, or says what is wrong with it. A fragment is for the client alone and is never sent:
 * where it is allowed it stands in `text` and nowhere else.
 */
export function parseRawUrl(text: string, fragment: "refused" | "allowed" = "refused"): RawUrl | RawUrlProblem {
  if (isTooLong(text)) return "too-long";
  if (FORBIDDEN.test(text)) return "characters";
  const shape = SHAPE.exec(fragment === "allowed" ? withoutFragment(text) : text);
  if (!shape) return "not-absolute";
  const [, rawScheme = "", authority = "", path = "", query] = shape;
  const scheme = rawScheme.toLowerCase();
  if (scheme !== "http" && scheme !== "https") return "scheme";
  if (authority.includes("@")) return "userinfo";
  const [, host, port] = HOST.exec(authority) ?? [];
  if (!host || host.includes("..") || Number(port ?? 0) > 65535) return "host";
  return {
    text,
    scheme,
    host: host.toLowerCase(),
    port: port ? Number(port) : DEFAULT_PORT[scheme],
    path: path || "/",
    parameters: query ? parseParameters(query) : [],
  };
}

/** UTF-8 has at most three bytes for each UTF-16 code unit: of most URLs that says enough. */
function isTooLong(text: string): boolean {
  return 3 * text.length > MAX_URL_BYTES && encoder.encode(text).length > MAX_URL_BYTES;
}

/** What is sent of a URL. */
export function withoutFragment(text: string): string {
  const at = text.indexOf("#");
  return at < 0 ? text : text.slice(0, at);
}

/** Scheme, host and port of a URL in the one spelling in which they are kept: the default port is not named. */
export function siteOf({ scheme, host, port }: Pick<RawUrl, "scheme" | "host" | "port">): string {
  return `${scheme}://${host}${port === DEFAULT_PORT[scheme] ? "" : `:${port}`}`;
}

/** The parameters of a query, or of what has a query's form. */
export function parseParameters(query: string): RawParameter[] {
  return query.split("&").map(parseParameter);
}

function parseParameter(raw: string): RawParameter {
  const equals = raw.indexOf("=");
  const name = equals < 0 ? raw : raw.slice(0, equals);
  return {
    name: decodeLeniently(name).toLowerCase(),
    raw,
    value: equals < 0 ? "" : decodeLeniently(raw.slice(equals + 1)),
  };
}

/** Percent-decodes, and leaves alone what is not valid percent-encoding. */
export function decodeLeniently(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
