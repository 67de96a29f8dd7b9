import type { Token } from "./tokens.ts";

/** What was asked; `token` is what the seed was before anything was done to it. */
export type Case = {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly token: Token;
  /** What was done to it; `null`: nothing. */
  readonly how: string | null;
};

/** `status` 0: the server closed the connection, as it may on what is no HTTP. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bytes: number;
  /** The beginning of the body. */
  readonly text: string;
};

/** Which hosts answer downloads, and of whom; `null`: every host, of everybody. */
export type Hosts = { readonly everybodys: readonly string[]; readonly own: Readonly<Record<string, string>> } | null;

const SERVED = [200, 206, 304, 412, 416];
/** Fields that would tell of a copy. */
const TELLING = [
  "etag",
  "accept-ranges",
  "content-range",
  "last-modified",
  "repr-digest",
  "location",
  "content-disposition",
];

/** Finds the token of ours that a path holds as the Worker must: a path's segment is unescaped once. */
export function heldBy(path: string, tokens: ReadonlyMap<string, Token>): Token | null {
  const segments = URL.parse(path, "http://host.invalid")?.pathname.split("/") ?? [];
  for (const segment of segments) {
    const token = tokens.get(unescaped(segment) ?? "");
    if (token && token.grants !== "forged") return token;
  }
  return null;
}

/** What is wrong with an answer; `null`: nothing. */
export function faultOf(asked: Case, answer: Answer, tokens: ReadonlyMap<string, Token>, hosts: Hosts): string | null {
  const { status } = answer;
  if (status === 0) return null;
  if (status >= 500) return `a server error: ${answer.text}`;
  if (SERVED.includes(status) && asked.method !== "OPTIONS") {
    const token = heldBy(asked.path, tokens);
    if (token?.grants !== "bytes") return `served without a token that counts`;
    if (!mayServe(token, asked.fields.host ?? "", hosts)) return "served on a host that is not for it";
    return faultOfBytes(asked, answer, token.size);
  }
  if (status === 302) return faultOfRedirect(asked, answer, heldBy(asked.path, tokens));
  if (heldBy(asked.path, tokens)) return null;
  return faultOfRefusal(asked, answer);
}

function faultOfRefusal({ method }: Case, { status, headers, text }: Answer): string | null {
  if (status < 400 && method !== "OPTIONS") return "neither served nor refused";
  const told = TELLING.filter((name) => headers[name] !== undefined);
  if (told.length > 0) return `a refusal that tells ${told.join(", ")}`;
  const isOurs = text.startsWith("{");
  if (status === 403 && isOurs && !text.includes('"TOKEN_INVALID"'))
    return `refused a forged token with another reason: ${text}`;
  if (status === 410) return "a forged token that is said to have ended";
  return null;
}

/** Only who holds a link of ours is sent anywhere, and only to where that says. */
function faultOfRedirect(_: Case, { headers }: Answer, token: Token | null): string | null {
  if (!token || token.originUrl === null) return "a redirect without a link that knows one";
  if (token.kind === "revoked") return "a redirect of a withdrawn link";
  return headers.location === token.originUrl ? null : `a redirect to ${String(headers.location)}`;
}

/** RFC 9110 sections 8.6, 14.4 and 15.5.17: what the fields say of the body, and of the whole. */
function faultOfBytes({ method }: Case, { status, headers, bytes }: Answer, size: number): string | null {
  const length = headers["content-length"] === undefined ? null : Number(headers["content-length"]);
  const hasBody = method === "GET" && (status === 200 || status === 206);
  if (!hasBody && bytes > 0) return `${bytes} bytes where there is no body`;
  if (hasBody && length !== bytes) return `${bytes} bytes where ${length} were told`;
  if (status === 200 && length !== size) return `a whole of ${length} bytes, not ${size}`;
  const [, first, last, whole] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(String(headers["content-range"])) ?? [];
  if (status === 416) return Number(whole) === size && first === undefined ? null : "416 that does not tell the size";
  if (status !== 206 || String(headers["content-type"]).startsWith("multipart/byteranges")) return null;
  const fits = Number(last) - Number(first) + 1 === length && Number(last) < size && Number(whole) === size;
  return fits ? null : `a part that is told of as ${String(headers["content-range"])}`;
}

function mayServe(token: Token, host: string, hosts: Hosts): boolean {
  if (!hosts) return true;
  const name = host.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
  return hosts.everybodys.includes(name) || hosts.own[name] === token.tenant;
}

function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
