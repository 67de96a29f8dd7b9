import { PROVIDERS } from "./providers.ts";
import type { Scheme } from "./scheme.ts";
import type { UrlFacts } from "./url-facts.ts";

/** Schemes that are told by something else than the name of one of their credentials: by the path, the host or a value. */
const TOLD_OTHERWISE = PROVIDERS.filter(
  ({ credential, credentialValue }) => credential.length === 0 || credentialValue !== null,
);
const BY_NAME: ReadonlyMap<string, readonly Scheme[]> = byName();
const PLACES: ReadonlyMap<Scheme, number> = new Map(PROVIDERS.map((scheme, place) => [scheme, place]));

/**
 * Every scheme of the table that the URL carries, complete or not, in the order of the table. Only those are asked that the
 * names of its parameters speak for: a URL has few names, and most names are one scheme's.
 */
export function schemesOf(url: UrlFacts): readonly Scheme[] {
  const candidates = [...TOLD_OTHERWISE];
  for (const { name } of url.parameters) {
    for (const scheme of BY_NAME.get(name) ?? []) if (!candidates.includes(scheme)) candidates.push(scheme);
  }
  const carried = candidates.filter(({ detect }) => detect(url));
  return carried.length > 1 ? carried.sort((one, other) => placeOf(one) - placeOf(other)) : carried;
}

function placeOf(scheme: Scheme): number {
  return PLACES.get(scheme) ?? PROVIDERS.length;
}

function byName(): Map<string, Scheme[]> {
  const schemes = new Map<string, Scheme[]>();
  for (const scheme of PROVIDERS) {
    if (TOLD_OTHERWISE.includes(scheme)) continue;
    for (const name of scheme.credential) schemes.set(name, [...(schemes.get(name) ?? []), scheme]);
  }
  return schemes;
}
