import { decodeLeniently, parseParameters, type RawParameter, type RawUrl } from "./raw-url.ts";

/** Bunny: `/bcdn_token=…&expires=…/real/path`. The segment has the form of a query, and is one. */
const BUNNY = /^\/(bcdn_token=[^/]*)(\/.*)?$/s;
/** Google Cloud CDN and Media CDN: `/signed/prefix/edge-cache-token=…/rest`. */
const GOOGLE = /^(.*?)\/(edge-cache-token=[^/]*)(\/.*)?$/s;
/** Oracle, pre-authenticated requests: `/p/TOKEN/n/…`. */
export const ORACLE = /^\/p\/[^/]+(\/n\/[^/]+\/b\/[^/]+\/o\/.*)$/s;
export const ORACLE_HOST = /^(?:[a-z0-9-]+\.)?objectstorage\.[a-z0-9-]+\.(?:oraclecloud\.com|oci\.customer-oci\.com)$/;

const NONE: readonly RawParameter[] = [];

/** The path of a URL without the credential that some providers put there, and that credential as parameters. */
export function takePathCredential({ host, path }: RawUrl): { path: string; parameters: readonly RawParameter[] } {
  if (!mayHoldOne(path)) return { path, parameters: NONE };
  const [, bunny, bunnyPath = "/"] = BUNNY.exec(path) ?? [];
  if (bunny !== undefined) return { path: bunnyPath, parameters: parseParameters(bunny) };
  const [, before = "", google, after = "/"] = GOOGLE.exec(path) ?? [];
  // The token has the form of a query too, and is one credential as a whole.
  if (google !== undefined) return { path: before + after, parameters: [parseWhole(google)] };
  const [, oracle] = ORACLE_HOST.test(host) ? (ORACLE.exec(path) ?? []) : [];
  return { path: oracle ?? path, parameters: NONE };
}

/** Most paths hold none, and a word is found sooner than a form. */
function mayHoldOne(path: string): boolean {
  return path.includes("/edge-cache-token=") || path.startsWith("/bcdn_token=") || path.startsWith("/p/");
}

function parseWhole(raw: string): RawParameter {
  const equals = raw.indexOf("=");
  return { name: raw.slice(0, equals), raw, value: decodeLeniently(raw.slice(equals + 1)) };
}

/** The path with every credential in it struck out, on any host. */
export function redactPath(path: string): string {
  const segments = path.split("/");
  const meant = segments.map((segment) => decodeLeniently(segment).toLowerCase());
  return segments.map((segment, index) => redactSegment(segment, meant, index)).join("/");
}

function redactSegment(segment: string, meant: readonly string[], index: number): string {
  const text = meant[index] ?? "";
  const [, name] = /^(bcdn_token|edge-cache-token)=/.exec(text) ?? [];
  if (name) return `${name}=REDACTED`;
  const oracle = meant[index - 1] === "p" && meant[index + 1] === "n";
  const dropbox = /^(?:get|inline)$/.test(meant[index - 1] ?? "") && meant[index - 2] === "0";
  return segment !== "" && (oracle || dropbox || text.includes("~hmac=")) ? "REDACTED" : segment;
}
