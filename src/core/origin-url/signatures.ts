import { schemesOf } from "./candidates.ts";
import type { Reading, Scheme } from "./scheme.ts";
import type { UrlFacts } from "./url-facts.ts";

/** A scheme that a URL carries, and what its credentials say. */
export type Signature = {
  readonly scheme: Scheme;
  readonly reading: Reading;
  /** Told by names that anybody may use, on a host that is not known to be the provider's. */
  readonly guessed: boolean;
  readonly malformed: boolean;
};

/** Every scheme of the table that the URL carries, complete or not. */
export function signaturesOf(url: UrlFacts): readonly Signature[] {
  const present = schemesOf(url);
  return present.map((scheme) => {
    const reading = scheme.read(url);
    const guessed = !isHome(scheme, url) && (scheme.generic(url) || url.fromPath > 0);
    return { scheme, reading, guessed, malformed: isMalformed(scheme, reading, url) || isShared(scheme, present, url) };
  });
}

/** The latest start and the earliest end that any of them names; `null` where none does. */
export function lifeOf(signatures: readonly Signature[]): { notBefore: number | null; expiresAt: number | null } {
  let notBefore: number | null = null;
  let expiresAt: number | null = null;
  for (const { reading } of signatures) {
    for (const start of reading.starts ?? []) {
      if (typeof start === "number") notBefore = Math.max(notBefore ?? start, start);
    }
    for (const end of reading.ends ?? []) if (typeof end === "number") expiresAt = Math.min(expiresAt ?? end, end);
  }
  return { notBefore, expiresAt };
}

function isHome({ hosts, stores }: Scheme, { raw, place }: UrlFacts): boolean {
  return (hosts?.test(raw.host) ?? false) || (place !== null && stores.includes(place.store));
}

function isMalformed({ required, credential }: Scheme, reading: Reading, url: UrlFacts): boolean {
  if (reading.malformed) return true;
  if (required.some((name) => !url.value(name))) return true;
  if (reading.starts?.includes("unreadable") || reading.ends?.includes("unreadable")) return true;
  return (
    url.repeats && credential.some((name) => url.parameters.filter((parameter) => parameter.name === name).length > 1)
  );
}

/** Two schemes that read the same credential: the server will take it for one of them, and we cannot tell which. */
function isShared({ id, required }: Scheme, present: readonly Scheme[], { has }: UrlFacts): boolean {
  return present.some(
    (other) => other.id !== id && required.some((name) => has(name) && other.credential.includes(name)),
  );
}
