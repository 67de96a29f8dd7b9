import { describe, expect, it } from "vitest";
import { removeAsset } from "../../../src/app/assets/assets.ts";
import { downloadByToken } from "../../../src/app/assets/download.ts";
import { addToken, listTokens, removeToken, type TokenWish } from "../../../src/app/assets/tokens.ts";
import { replaceContent } from "../../../src/app/assets/upload.ts";
import { hashAccessToken } from "../../../src/core/assets/access-token.ts";
import { errorAnswer } from "../../../src/core/error-body.ts";
import { deliveryHeaders } from "../../../src/core/http/delivery-headers.ts";
import { HOUR, NOON, SECOND, tenantId } from "../../core/samples.ts";
import { ACME, failing, register, traced } from "../world.ts";
import { type AskedOf, type AssetWorld, assetWorld, plain, requestOf, upload } from "./asset-world.ts";
import { bodyOf } from "./bodies.ts";

const USUAL: TokenWish = { ttlSeconds: null, maxDownloads: null };

async function withToken(wish: Partial<TokenWish> = {}) {
  const world = await assetWorld();
  const { id } = await upload(world, "0123456789", { isPublic: false });
  const made = await addToken(ACME.id, id, { ...USUAL, ...wish }, world);
  return { world, ...made };
}

const ask = async (world: AssetWorld, token: string, asked: AskedOf = {}) =>
  await plain(await downloadByToken(token, requestOf(asked), world));

/** What is said to who may not, as it is sent. */
async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error && errorAnswer(error, "request", NOON);
}
const REFUSED = {
  status: 403,
  headers: {},
  body: { error: expect.objectContaining({ code: "TOKEN_INVALID", message: "This link is not valid." }) },
};

describe("a private link", () => {
  it("is 32 random bytes, lives for an hour, and only its digest is kept", async () => {
    const { world, token, id, asset, expiresAt } = await withToken();
    expect(Buffer.from(token, "base64url")).toEqual(Buffer.alloc(32, 1));
    expect(expiresAt).toBe(NOON + HOUR);
    expect([...world.assets.tokens.keys()]).toEqual([hashAccessToken(token)]);
    expect(JSON.stringify([...world.assets.tokens])).not.toContain(token);
    expect(await world.assets.findToken(hashAccessToken(token))).toMatchObject({ token: { id, asset } });
  });

  it("opens its asset as that is now, and nobody may keep the answer", async () => {
    const { world, token, asset } = await withToken();
    expect(await ask(world, token)).toEqual([200, "0123456789"]);
    await replaceContent(ACME.id, asset, bodyOf("other"), world);
    const answer = await downloadByToken(token, requestOf(), world);
    expect(deliveryHeaders(answer.plan, answer.terms)).toMatchObject({
      "Cache-Control": "private, no-store, no-cache, must-revalidate",
    });
    expect(await plain(answer)).toEqual([200, "other"]);
  });

  it.each<[number, AskedOf]>([
    [200, { method: "HEAD" }],
    [206, { headers: { Range: "bytes=0-0" } }],
    [304, { headers: { "If-None-Match": "*" } }],
    [412, { headers: { "If-Match": '"x"' } }],
    [416, { headers: { Range: "bytes=10-" } }],
  ])("says so of a %d as well", async (status, asked) => {
    const { world, token } = await withToken();
    const { plan, terms } = await downloadByToken(token, requestOf(asked), world);
    expect([plan.status, deliveryHeaders(plan, terms)["Cache-Control"]]).toEqual([
      status,
      "private, no-store, no-cache, must-revalidate",
    ]);
  });

  it("ends at its very second", async () => {
    const { world, token } = await withToken({ ttlSeconds: 2 });
    world.clock.set(NOON + 2 * SECOND - 1);
    expect(await ask(world, token)).toEqual([200, "0123456789"]);
    world.clock.set(NOON + 2 * SECOND);
    await expect(ask(world, token)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
  });

  it("ends at once when it is revoked, and is then nobody's to revoke", async () => {
    const { world, token, asset, id } = await withToken();
    await removeToken(ACME.id, asset, id, world);
    await expect(ask(world, token)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
    await expect(removeToken(ACME.id, asset, id, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is listed while it lives, without what opens the asset, and to nobody else", async () => {
    const { world, asset, id, token } = await withToken({ maxDownloads: 3 });
    await ask(world, token);
    const list = (tenant = ACME.id, of = asset) => listTokens(tenant, of, { cursor: null, limit: 9 }, world);
    expect(await list()).toEqual({
      tokens: [{ id, asset, expiresAt: NOON + HOUR, maxDownloads: 3, downloads: 1, createdAt: NOON }],
      cursor: null,
    });
    for (const nobodys of [list(tenantId("other")), list(ACME.id, "nobodys")]) {
      await expect(nobodys).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    world.clock.advance(HOUR);
    expect(await list()).toEqual({ tokens: [], cursor: null });
  });

  it("is made to no asset of another tenant's, nor revoked there", async () => {
    const { world, asset, id, token } = await withToken();
    const other = tenantId("other");
    await expect(addToken(other, asset, USUAL, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(addToken(ACME.id, "nobodys", USUAL, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(removeToken(other, asset, id, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await ask(world, token)).toEqual([200, "0123456789"]);
  });
});

describe("downloads by a private link", () => {
  it.each([1, 3])("are exactly %d of a hundred at once", async (maxDownloads) => {
    const { world, token } = await withToken({ maxDownloads });
    const asked = await Promise.allSettled(Array.from({ length: 100 }, () => ask(world, token)));
    const served = asked.filter(({ status }) => status === "fulfilled");
    expect(served).toHaveLength(maxDownloads);
    const refused = asked.flatMap((each) => (each.status === "rejected" ? [each.reason.code] : []));
    expect(new Set(refused)).toEqual(new Set(["TOKEN_INVALID"]));
    expect(world.usage.of("delivery")).toHaveLength(maxDownloads);
  });

  it.each<[AskedOf, number, number]>([
    [{}, 200, 1],
    [{ headers: { Range: "bytes=0-0" } }, 206, 1],
    [{ headers: { Range: "bytes=5-" } }, 206, 1],
    [{ headers: { Range: "bytes=0-0,2-2" } }, 206, 1],
    [{ method: "HEAD" }, 200, 0],
    [{ headers: { "If-None-Match": "*" } }, 304, 0],
    [{ headers: { "If-Match": '"x"' } }, 412, 0],
    [{ headers: { Range: "bytes=10-" } }, 416, 0],
  ])("are answers with bytes, parts included: %j is %d and counts %d", async (asked, status, counted) => {
    const { world, token } = await withToken({ maxDownloads: 1 });
    expect((await ask(world, token, asked))[0]).toBe(status);
    const found = await world.assets.findToken(hashAccessToken(token));
    expect(found?.token.downloads).toBe(counted);
  });

  it("that were all had leave nothing, not even a look", async () => {
    const { world, token } = await withToken({ maxDownloads: 1 });
    await ask(world, token);
    for (const asked of [{}, { method: "HEAD" }, { headers: { "If-None-Match": "*" } }] as const) {
      await expect(ask(world, token, asked)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
    }
  });

  it.each<AskedOf>([{}, { headers: { Range: "bytes=0-0" } }, { headers: { Range: "bytes=0-0,2-2" } }])(
    "that the store fails to bring count for nothing: %j",
    async (asked) => {
      const { world, token } = await withToken({ maxDownloads: 1 });
      const store = failing(world.store);
      await expect(ask({ ...world, store }, token, asked)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      const lost = { ...world.store, get: async () => null, head: async () => null };
      await expect(ask({ ...world, store: lost }, token, asked)).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect(await ask(world, token)).toEqual([200, "0123456789"]);
    },
  );

  it("are not served when nobody can count them", async () => {
    const { world, token } = await withToken();
    const assets = failing(world.assets, "takeDownload");
    await expect(ask({ ...world, assets }, token)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(world.usage.events.filter(({ kind }) => kind === "delivery")).toEqual([]);
  });

  it("are refused where the tenant is suspended, and count for nothing there", async () => {
    const { world, token } = await withToken({ maxDownloads: 1 });
    register(world, { ...ACME, standing: { over: "suspended", allowed: null, until: null } });
    await expect(ask(world, token)).rejects.toMatchObject({ code: "TENANT_SUSPENDED" });
    register(world, ACME);
    expect(await ask(world, token)).toEqual([200, "0123456789"]);
  });
});

describe("who may not is told the same, after the same look", () => {
  it("of a token that is unknown, malformed, expired, revoked, used up, deleted, or on another's host", async () => {
    const kinds: Record<string, () => Promise<readonly [AssetWorld, string, AskedOf?]>> = {
      unknown: async () => [(await withToken()).world, "B".repeat(43)],
      malformed: async () => [(await withToken()).world, "../\0 я"],
      empty: async () => [(await withToken()).world, ""],
      expired: async () => {
        const { world, token } = await withToken({ ttlSeconds: 1 });
        world.clock.advance(HOUR);
        return [world, token];
      },
      revoked: async () => {
        const { world, token, asset, id } = await withToken();
        await removeToken(ACME.id, asset, id, world);
        return [world, token];
      },
      usedUp: async () => {
        const { world, token } = await withToken({ maxDownloads: 1 });
        await ask(world, token);
        return [world, token];
      },
      deleted: async () => {
        const { world, token, asset } = await withToken();
        await removeAsset(ACME.id, asset, world);
        return [world, token];
      },
      elsewhere: async () => {
        const { world, token } = await withToken();
        return [world, token, { hostTenant: { ...ACME, id: tenantId("other") } }];
      },
    };
    const said = [];
    for (const [kind, make] of Object.entries(kinds)) {
      const [world, token, asked] = await make();
      const log: string[] = [];
      const assets = traced("assets", world.assets, log);
      const refusal = await refusalOf(ask({ ...world, assets }, token, asked));
      said.push([kind, refusal, log]);
    }
    const first = said[0]?.[1];
    expect(first).toEqual(REFUSED);
    expect(said).toEqual(Object.keys(kinds).map((kind) => [kind, first, ["assets.findToken"]]));
  });
});
