import { describe, expect, it } from "vitest";
import { deliver } from "../../../src/app/deliver.ts";
import { purge } from "../../../src/app/purge.ts";
import { purgeEntries } from "../../../src/app/purge-entries.ts";
import { type Download, sendDownload } from "../../../src/app/send-download.ts";
import { linkToken } from "../../../src/core/link.ts";
import type { Tenant } from "../../../src/core/tenant.ts";
import { HOUR, MINUTE, NOON } from "../../core/samples.ts";
import { OPEN, readyWorld } from "../asking.ts";
import { get, linkTo } from "../delivered.ts";
import { bytesOf, MIB, download as pass, passingWorld } from "../passing.ts";
import { STRANGER } from "../stored-copy.ts";
import {
  ACME,
  fillAll,
  generationOf,
  HELLO,
  makeWorld,
  register,
  sourceOf,
  URL_A,
  type World,
  want,
} from "../world.ts";

const RULE = 7;
const NAMED: Tenant = { ...ACME, originRules: ACME.originRules.map((rule) => ({ ...rule, id: RULE })) };

/** A download as it comes in at the door; `fields` by lower-case name. */
function asked(url: string | null, changes: Partial<Download> = {}, fields: Record<string, string> = {}): Download {
  const query = { url, hash: null, site: NAMED.site, signature: null };
  const field = (name: string) => fields[name.toLowerCase()] ?? null;
  return { query, method: "GET", host: "cdn.acme.example", address: null, requestId: "request", field, ...changes };
}

async function named(world: World, tenant = NAMED): Promise<World> {
  register(world, tenant);
  return world;
}

async function eventsOf(world: World, download: Download) {
  world.usage.events.splice(0);
  await sendDownload(download, world).catch(() => {});
  await world.settled();
  return world.usage.events;
}

describe("a download is counted once", () => {
  it("as a miss, and as a hit when there is a copy, by the rule that allows its URL", async () => {
    const world = await named(makeWorld());
    world.origin.answers.set(URL_A, HELLO);
    const of = { key: (await sourceOf()).key, rule: RULE };
    expect(await eventsOf(world, asked(URL_A))).toEqual([{ kind: "miss", ...of }]);
    await fillAll(world);
    expect(await eventsOf(world, asked(URL_A))).toEqual([{ kind: "hit", ...of, assumed: null }]);
  });

  it("as a hit whose bytes are assumed, where the store sends them: of a GET alone", async () => {
    const world = await named(await readyWorld(), { ...NAMED, delivery: "presigned" });
    expect(await eventsOf(world, asked(URL_A))).toMatchObject([{ kind: "hit", assumed: 5 }]);
    expect(await eventsOf(world, asked(URL_A, { method: "HEAD" }))).toMatchObject([{ kind: "hit", assumed: null }]);
  });

  it("as a hit by a key alone, by the rule of the copy's URL", async () => {
    const world = await named(makeWorld(), { ...NAMED, access: "public" });
    world.origin.answers.set(OPEN, HELLO);
    await want(await sourceOf(OPEN, "movie"), world, { trusted: true });
    await fillAll(world);
    const query = { url: null, hash: "movie", site: NAMED.site, signature: null };
    expect(await eventsOf(world, asked(null, { query }))).toMatchObject([{ kind: "hit", rule: RULE }]);
    const nothing = { ...query, hash: "nothing" };
    const refusal = { kind: "refusal", tenant: NAMED.id, reason: "key" };
    expect(await eventsOf(world, asked(null, { query: nothing }))).toEqual([refusal]);
  });

  it.each([
    ["credentials that are not for us", asked(URL_A, {}, { authorization: "Basic dXNlcg==" }), "credentials"],
    ["a URL that cannot be read", asked(URL_A.replace(/X-Amz-Date=[^&]*&/, "")), "unreadable"],
    ["a URL that ended", asked(URL_A.replace("X-Amz-Date=20261120T120000Z", "X-Amz-Date=20261119T120000Z")), "ended"],
    [
      "the key of another's entry",
      asked(URL_A, { query: { url: URL_A, hash: `url-${"A".repeat(43)}`, site: NAMED.site, signature: null } }),
      "misnamed",
    ],
  ] as const)("as bypassed, for %s", async (_, download, reason) => {
    expect(await eventsOf(await named(await readyWorld()), download)).toMatchObject([{ kind: "bypass", reason }]);
  });

  it("as bypassed, where the origin says no", async () => {
    const world = await named(await readyWorld());
    world.origin.answers.set(URL_A, { status: 403 });
    expect(await eventsOf(world, asked(URL_A))).toMatchObject([{ kind: "bypass", reason: "refused" }]);
  });

  it.each([
    ["an origin that is not allowed", asked("https://elsewhere.example.com/a"), "origin"],
    ["no URL", asked("no url"), "url"],
  ] as const)("as refused, for %s", async (_, download, reason) => {
    const world = await named(makeWorld());
    expect(await eventsOf(world, download)).toEqual([{ kind: "refusal", tenant: NAMED.id, reason }]);
  });

  it("as refused, from outside of the tenant's networks", async () => {
    const world = await named(makeWorld(), { ...NAMED, clientNetworks: ["192.0.2.0/24"] });
    const refusal = { kind: "refusal", tenant: NAMED.id, reason: "network" };
    expect(await eventsOf(world, asked(URL_A, { address: "198.51.100.7" }))).toEqual([refusal]);
  });

  it("not at all, where nobody knows whose it is", async () => {
    const world = makeWorld();
    world.directory.known.splice(0);
    expect(await eventsOf(world, asked(URL_A))).toEqual([]);
  });
});

describe("a fill", () => {
  it("counts its copy, and what the origin sent for it", async () => {
    const world = await named(makeWorld());
    world.origin.answers.set(URL_A, HELLO);
    const source = await sourceOf();
    await want(source, world);
    await fillAll(world);
    const of = { key: source.key, rule: RULE };
    expect(world.usage.of("fill")).toEqual([{ kind: "fill", ...of, bytes: 5 }]);
    expect(world.usage.of("transfer").reduce((sum, { bytes }) => sum + bytes, 0)).toBe(5);
    expect(world.usage.of("transfer")[0]).toMatchObject(of);
  });

  it("that fails counts what the origin had sent until then, attempt by attempt", async () => {
    const world = await named(makeWorld());
    world.origin.answers.set(URL_A, { ...HELLO, headers: { etag: '"a"', "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" } });
    await want(await sourceOf(), world);
    await fillAll(world);
    expect(world.usage.of("fill")).toEqual([]);
    expect(world.usage.of("transfer").reduce((sum, { bytes }) => sum + bytes, 0)).toBe(5);
  });
});

describe("a download that passes through", () => {
  it("counts itself, what the origin sent, what the client took, and the copy that was kept", async () => {
    const { world, parts, wish } = await passingWorld({ status: 200, headers: { etag: '"v1"' }, body: bytesOf(MIB) });
    expect((await pass(wish, parts))?.length).toBe(MIB);
    await world.settled();
    const sum = (kind: "transfer" | "passed") => world.usage.of(kind).reduce((total, { bytes }) => total + bytes, 0);
    expect([world.usage.of("pass").length, sum("transfer"), sum("passed")]).toEqual([1, MIB, MIB]);
    expect(world.usage.of("fill")).toMatchObject([{ bytes: MIB }]);
  });

  it("counts its bytes, too, where nothing of it is kept", async () => {
    const headers = { etag: '"v1"', "cache-control": "no-store" };
    const { world, parts, wish } = await passingWorld({ status: 200, headers, body: bytesOf(MIB) });
    expect((await pass(wish, parts))?.length).toBe(MIB);
    await world.settled();
    const sum = (kind: "transfer" | "passed") => world.usage.of(kind).reduce((total, { bytes }) => total + bytes, 0);
    expect([sum("transfer"), sum("passed"), world.usage.of("fill")]).toEqual([MIB, MIB, []]);
  });

  it("counts nothing of what is redirected instead", async () => {
    const { world, parts, wish } = await passingWorld({ status: 404 });
    expect(await pass(wish, parts)).toBeNull();
    await world.settled();
    expect([world.usage.of("pass"), world.usage.of("passed")]).toEqual([[], []]);
  });
});

describe("a link", () => {
  async function linked(changes: Parameters<typeof linkTo>[0] extends infer Link ? Partial<Link> : never = {}) {
    const world = await readyWorld();
    const { key } = await sourceOf();
    const link = linkTo({ key, generation: await generationOf(world, key), rule: RULE, originUrl: URL_A, ...changes });
    return { world, key, token: await linkToken(world.ring, link) };
  }
  const of = (key: object) => ({ key, rule: RULE });

  it("counts a delivery of a small copy with its bytes", async () => {
    const { world, key, token } = await linked();
    await get(world, token);
    expect(world.usage.events).toEqual([{ kind: "delivery", ...of(key), status: 200, bytes: 5 }]);
  });

  it.each([
    ["a range", { range: "bytes=1-2" }, 206, 2],
    ["two ranges", { range: "bytes=0-0,4-4" }, 206, expect.any(Number)],
    ["a range that is not there", { range: "bytes=9-" }, 416, 0],
    ["a copy that the client has", { "if-none-match": "*" }, 304, 0],
  ])("counts %s", async (_, headers, status, bytes) => {
    const { world, key, token } = await linked();
    await deliver({ ...STRANGER, token, headers: new Headers(headers as Record<string, string>) }, world);
    expect(world.usage.events).toEqual([{ kind: "delivery", ...of(key), status, bytes }]);
  });

  it("counts no bytes of a HEAD", async () => {
    const { world, key, token } = await linked();
    await deliver({ ...STRANGER, token, method: "HEAD", headers: new Headers() }, world);
    expect(world.usage.events).toEqual([{ kind: "delivery", ...of(key), status: 200, bytes: 0 }]);
  });

  it("that has ended counts as bypassed while the origin's URL lives", async () => {
    const { world, key, token } = await linked({ expiresAt: NOON - MINUTE });
    await get(world, token);
    expect(world.usage.events).toEqual([{ kind: "bypass", ...of(key), reason: "lost" }]);
  });

  it("of the version before counts by no rule", async () => {
    const { world, key, token } = await linked({ rule: null, expiresAt: NOON + HOUR });
    await get(world, token);
    expect(world.usage.events).toEqual([{ kind: "delivery", key, rule: null, status: 200, bytes: 5 }]);
  });
});

describe("a purge", () => {
  it("counts each entry of which there was something, once somebody asked for it", async () => {
    const world = await readyWorld();
    const { key } = await sourceOf();
    await purge(key, "asked", world);
    await purge(key, "asked", world);
    expect(world.usage.events).toEqual([{ kind: "purge", key, rule: null }]);
  });

  it("that is soft counts, too; one that comes by itself does not", async () => {
    const world = await readyWorld();
    const { key } = await sourceOf();
    await purgeEntries([key], { soft: true, began: NOON + 1 }, world);
    expect(world.usage.events).toEqual([{ kind: "purge", key, rule: null }]);
    await purge(key, "expired", world);
    expect(world.usage.events).toHaveLength(1);
  });
});
