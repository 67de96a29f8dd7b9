import { admitLink } from "../../src/app/admit.ts";
import { purge } from "../../src/app/purge.ts";
import { resolve } from "../../src/app/resolve.ts";
import { resolveKey } from "../../src/app/resolve-key.ts";
import { identityDigest } from "../../src/core/entry-key.ts";
import { SnapbyteError } from "../../src/core/errors.ts";
import { linkToken, readLinkToken } from "../../src/core/link.ts";
import type { AccessMode, Tenant } from "../../src/core/tenant.ts";
import { read } from "../core/origin-url/reading.ts";
import { tenantId } from "../core/samples.ts";
import { bytesOrPlace, get } from "./delivered.ts";
import { ruleFor, sourceAt } from "./holding.ts";
import { LINK_KEY, linkQuery, S3_SECRET, s3Link, sealedLinkKey, sealedMaterial, tampered } from "./proofs.ts";
import { ACME, fillAll, HELLO, makeWorld, register, utf8, type World, want } from "./world.ts";

/** The other tenant's: under the same names, and not the same. */
export const OTHER_LINK_KEY = `snap_link_${"o".repeat(43)}`;
export const OTHER_SECRET = { ...S3_SECRET, secretAccessKey: "another tenant's of the same name" } as const;

const CNAME = "media.acme.example";
const LINKS = await Promise.all(
  [
    ...["https://bucket.s3.amazonaws.com/a.mp4", "https://bucket.s3.amazonaws.com/b.mp4", `https://${CNAME}/a.mp4`],
    "https://files.example.com/open/c.mp4",
  ].map((address) => s3Link(address)),
);
const [LINK_A = ""] = LINKS;
/** Of three objects, one of them at two addresses, and a link that its origin refuses. */
export const URLS = [...LINKS, tampered(LINK_A)];
/** No key, keys that people choose, and one that means the entry of a URL. */
export const KEYS = [null, "movie", "a/b", `url-${await identityDigest(read(LINK_A).identity)}`];

/** What one of two tenants' callers does, or what befalls both. Numbers choose from {@link URLS} and {@link KEYS}. */
export type Move = {
  readonly who: 0 | 1;
  readonly what: "ask" | "ask by key" | "preload" | "purge" | "fill" | "wait";
  readonly url: number;
  readonly key: number;
  readonly caller: "stranger" | "known" | "own link" | "other's link";
};

/** Two who have everything by the same names: hosts, keys' ids, access keys. Only the first has the CNAME. */
export async function twoTenants(access: readonly [AccessMode, AccessMode]): Promise<readonly [Tenant, Tenant]> {
  const { ring } = makeWorld();
  const originRules = URLS.map(ruleFor);
  const other = tenantId("globex");
  return [
    {
      ...{ ...ACME, access: access[0], originRules, cnames: [{ host: CNAME, bucket: "s3:aws/bucket" }] },
      verificationKeys: [await sealedMaterial(ring, S3_SECRET)],
      linkKeys: [await sealedLinkKey(ring)],
    },
    {
      ...{ ...ACME, id: other, site: "globex-site", access: access[1], originRules },
      verificationKeys: [await sealedMaterial(ring, OTHER_SECRET, "material-1", other)],
      linkKeys: [await sealedLinkKey(ring, OTHER_LINK_KEY, "k1", other)],
    },
  ];
}

/** A world whose origin serves {@link LINKS}, each with bytes of its own, and whose links are tokens. */
export function tokenWorld(): World {
  const world = makeWorld();
  for (const url of URLS) {
    const { path } = read(url).raw;
    const served = { ...HELLO, headers: { etag: `"${path}"` }, body: utf8(path) };
    world.origin.answers.set(url, LINKS.includes(url) ? served : { status: 403 });
  }
  world.links.edge.sign = async (link, name) => `/f/${await linkToken(world.ring, link)}/${name}`;
  return world;
}

/** What each move of this tenant's comes to: the bytes, or where it leads; and how often an origin was asked. */
export async function play(world: World, tenants: readonly Tenant[], moves: readonly Move[], me: 0 | 1) {
  const outcomes: string[] = [];
  for (const tenant of tenants) register(world, tenant);
  for (const move of moves) {
    const calls = world.origin.calls.length;
    const outcome = await make(world, tenants, move).catch((error: unknown) => {
      if (error instanceof SnapbyteError) return error.code;
      throw error;
    });
    await world.settled();
    const shared = move.what === "fill" || move.what === "wait";
    if (move.who === me && !shared)
      outcomes.push(`${move.what}: ${outcome}, ${world.origin.calls.length - calls} asked`);
  }
  return outcomes;
}

async function make(world: World, tenants: readonly Tenant[], move: Move): Promise<string> {
  const { who, what } = move;
  const [tenant, url, key] = [tenants[who], URLS[move.url], KEYS[move.key] ?? null];
  if (!tenant || url === undefined) throw new Error("no such move");
  if (what === "fill") return String(await fillAll(world));
  if (what === "wait") return String(world.clock.advance(10_000));
  const source = await sourceAt(tenant, url, key);
  if (what === "preload") return String(await want(source, world, { trusted: true }));
  if (what === "purge") return String(await purge(source.key, "asked", world));
  const signer = move.caller === "own link" ? who : move.caller === "other's link" ? 1 - who : null;
  const site = tenants[signer ?? who]?.site ?? "";
  const named = what === "ask" ? { url, hash: key } : { url: null, hash: key ?? "movie" };
  const query = await linkQuery({ ...named, site }, signer === 0 ? LINK_KEY : OTHER_LINK_KEY);
  const signed = signer === null ? null : await admitLink(query, tenant, null, world);
  const asked = { tenant, trusted: move.caller === "known" || signed !== null, signed, method: "GET" } as const;
  const answer =
    what === "ask"
      ? await resolve({ ...asked, source, requestId: "request", credentialed: false, passing: null }, world)
      : await resolveKey({ ...asked, key: key ?? "movie" }, false, world);
  const [, token] = /^\/f\/([^/]+)\//.exec(answer.location) ?? [];
  return `${answer.cacheStatus} ${token === undefined ? answer.location : await bytesBehind(world, tenant, token)}`;
}

/** Throws where the token is about another tenant's copy. */
async function bytesBehind(world: World, tenant: Tenant, token: string): Promise<string> {
  const link = await readLinkToken(world.ring, token);
  if (link?.key.tenant !== tenant.id) throw new Error(`a token of ${tenant.id} names ${link?.key.tenant}`);
  return await bytesOrPlace(await get(world, token));
}

/** All that is kept anywhere, by whose it is. */
export function ownersIn({ store, index, ledger, gate }: World): ReadonlySet<string | undefined> {
  const keys = [...store.objects.keys(), ...index.entries.keys(), ...ledger.rows.keys(), ...gate.rows.keys()];
  return new Set(keys.map((key) => key.split("/")[0]));
}
