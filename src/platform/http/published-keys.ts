/** An answer of Google's, and until when it may be used without asking again, ms since the epoch. */
export type PublishedKeys = { readonly keys: readonly JsonWebKey[] | null; readonly freshUntil: number };

/** Google publishes up to ten keys of about 400 bytes for an account. */
const MAX_BYTES = 64 * 1024;
/** Bounds of what Google's Cache-Control may say, ms. */
const SHORTEST_MS = 5 * 60_000;
const LONGEST_MS = 24 * 3_600_000;

/** Reads the answer; 404 is that there is no such account. Throws for all that is neither. */
export async function readPublishedKeys(response: Response, now: number): Promise<PublishedKeys> {
  if (response.status !== 200) {
    await response.body?.cancel().catch(() => {});
    if (response.status === 404) return { keys: null, freshUntil: now + SHORTEST_MS };
    throw new Error(`Google answered ${response.status} for a service account's keys`);
  }
  const answer: unknown = JSON.parse(await boundedText(response));
  if (!isObject(answer) || !Array.isArray(answer.keys)) throw new Error("a list of keys without keys");
  return { keys: answer.keys.filter(isSigningKey), freshUntil: now + lifeOf(response.headers) };
}

async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let read = 0;
  for await (const chunk of response.body ?? []) {
    read += chunk.length;
    if (read > MAX_BYTES) throw new Error(`a list of keys of more than ${MAX_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** `max-age` less the time that the answer has lain in caches already (RFC 9111 section 4.2). */
function lifeOf(headers: Headers): number {
  const [, maxAge = "0"] = /(?:^|[,\s])max-age=(\d{1,9})/i.exec(headers.get("Cache-Control") ?? "") ?? [];
  const age = Number(headers.get("Age") ?? 0) || 0;
  return Math.min(Math.max((Number(maxAge) - age) * 1000, SHORTEST_MS), LONGEST_MS);
}

function isSigningKey(key: unknown): key is JsonWebKey {
  return isObject(key) && key.kty === "RSA" && typeof key.n === "string" && typeof key.e === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
