import { admitLink } from "../../src/app/admit.ts";
import { readSource, type Source } from "../../src/app/read-source.ts";
import { type Redirect, resolve } from "../../src/app/resolve.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { encodeNonAscii } from "../../src/core/origin-url/percent-encoding.ts";
import type { ProxyQuery } from "../../src/core/proxy-query.ts";
import type { AccessMode, OriginRule, Tenant } from "../../src/core/tenant.ts";
import type { Material } from "../../src/core/verify/material.ts";
import { read } from "../core/origin-url/reading.ts";
import { COPY, HOUR, NOON } from "../core/samples.ts";
import { linkQuery, sealedLinkKey, sealedMaterial } from "./proofs.ts";
import { ACME, HELLO, makeReady, makeWorld, register, type World } from "./world.ts";

/** The one host that a URL is at, allowed. */
export function ruleFor(url: string): OriginRule {
  const { scheme, host, port } = read(url).raw;
  return { scheme, host, port, pathPrefix: "/", access: null, obeyPrivate: false, tags: [] };
}

/** A tenant that allows these hosts, in this mode, and has registered this to verify by. */
export async function tenantAt(
  { ring }: World,
  rules: readonly OriginRule[],
  access: AccessMode,
  material: readonly Material[] = [],
): Promise<Tenant> {
  const verificationKeys = await Promise.all(material.map((one, at) => sealedMaterial(ring, one, `material-${at}`)));
  return { ...ACME, access, originRules: rules, verificationKeys, linkKeys: [await sealedLinkKey(ring)] };
}

/** A world that holds a copy of what `url` names, and whose origin serves exactly that text from now on. */
export async function holdingWorld(url: string, now = NOON): Promise<World> {
  const world = { ...makeWorld(), local: url.startsWith("http:") };
  world.clock.set(now);
  const { fetchText } = read(url);
  world.origin.answers.set(fetchText, HELLO);
  const tenant = { ...ACME, originRules: [ruleFor(url)] };
  register(world, tenant);
  await makeReady(world, await sourceAt(tenant, url));
  world.origin.answers.delete(fetchText);
  world.origin.answers.set(url, HELLO);
  world.origin.calls.splice(0);
  return world;
}

export async function sourceAt(tenant: Tenant, url: string, key: string | null = null): Promise<Source> {
  return await readSource(tenant, url, key, url.startsWith("http:"));
}

/** As if the origin had served it once: a copy that a hit would hand over. */
export async function pretendCopy({ index, clock }: World, source: Source): Promise<void> {
  if (index.entries.has(keyText(source.key))) return;
  const copy = { ...COPY, size: 5, originEtag: '"hello-1"', storedAt: clock.now() - HOUR };
  await index.put(source.key, { state: "ready", boundTo: source.identity, source: "", copy, expiresAt: null });
}

/** A download by `url`, and what came of it: whether it was a hit, and how often the origin was asked. */
export type Outcome = Omit<Redirect, "event"> & { readonly hit: boolean; readonly probes: number };

/** A download, by a link of the tenant's where `query` is one. Rejects when it is not admitted. */
export async function download(
  world: World,
  tenant: Tenant,
  url: string,
  query: ProxyQuery | null = null,
): Promise<Outcome> {
  const signed = query && (await admitLink({ ...query, url }, tenant, null, world));
  const source = await sourceAt(tenant, url);
  const calls = world.origin.calls.length;
  const asked = { tenant, source, signed, trusted: signed !== null, method: "GET", requestId: "request" } as const;
  const { event, ...redirect } = await resolve({ ...asked, credentialed: false, passing: null }, world);
  return { ...redirect, hit: event.kind === "hit", probes: world.origin.calls.length - calls };
}

/** The query of a link to `url` that the tenant signed, good for an hour from the world's now. */
export async function signedQuery({ clock }: World, url: string): Promise<ProxyQuery> {
  return await linkQuery({ url, exp: Math.floor(clock.now() / 1000) + 3600 });
}

/** Where somebody goes who does not get the copy. */
export function pastUs(url: string): { location: string; hit: false } {
  return { location: encodeNonAscii(url), hit: false };
}
