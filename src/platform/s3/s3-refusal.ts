import { elementText } from "./xml.ts";

/** An error document has some hundred bytes. */
const MAX_ERROR_CHARACTERS = 16 * 1024;

/**
 * What a store answered instead of what it was asked for: its status and its name for the reason, and nothing else, since
 * the rest of such an answer tells host, bucket and key.
 */
export class S3Refusal extends Error {
  readonly status: number;
  /** `null`: the answer had none, as one to HEAD. */
  readonly code: string | null;
  /** The MD5 that the store has found in the place of the declared one, in hex; `null`: it does not say. */
  readonly actualMd5: string | null;

  constructor(what: string, status: number, document: string) {
    const code = elementText(document, "Code");
    const known = code !== null && /^[A-Za-z0-9.]{1,64}$/.test(code) ? code : null;
    super(`${what}: the store answered ${status}${known === null ? "" : ` ${known}`}`);
    this.name = "S3Refusal";
    this.status = status;
    this.code = known;
    this.actualMd5 = foundMd5(document);
  }
}

/** The refusal that a response stands for; its body is read to its end, or given up. */
export async function refusalOf(what: string, response: Response): Promise<S3Refusal> {
  const length = Number(response.headers.get("Content-Length") ?? 0);
  if (length > MAX_ERROR_CHARACTERS) await response.body?.cancel().catch(() => {});
  const document = length > MAX_ERROR_CHARACTERS ? "" : await response.text().catch(() => "");
  return new S3Refusal(what, response.status, document);
}

/** `null` where what was asked for is not there; throws any other refusal. Without its bucket nobody knows what is there. */
export function absent(refusal: S3Refusal): null {
  if (refusal.status === 404 && refusal.code !== "NoSuchBucket") return null;
  throw refusal;
}

/** S3 has an element for it, in base64 or in hex; R2 writes it into its sentence. */
function foundMd5(document: string): string | null {
  const element = elementText(document, "CalculatedDigest") ?? "";
  if (/^[A-Za-z0-9+/]{22}==$/.test(element)) return hexOf(element);
  return (
    (/^[0-9a-f]{32}$/i.exec(element)?.[0] ?? /Actual MD5 was: ([0-9a-f]{32})/i.exec(document)?.[1])?.toLowerCase() ??
    null
  );
}

function hexOf(base64: string): string {
  return Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
