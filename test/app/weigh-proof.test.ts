import { afterEach, describe, expect, it, vi } from "vitest";
import type { SignedFor } from "../../src/app/admit.ts";
import { ACCOUNT_KEYS_BUDGET_MS, type Standing, weighProof } from "../../src/app/weigh-proof.ts";
import type { AccessMode, Tenant } from "../../src/core/tenant.ts";
import { HOUR, NOON } from "../core/samples.ts";
import { ACCOUNT, ACCOUNT_MATERIAL, accountKeys, gcsLink } from "./google.ts";
import { acme, S3_SECRET, s3Link, sealedMaterial, tampered } from "./proofs.ts";
import {
  ACME,
  failing,
  makeWorld,
  passingTime,
  reported,
  sourceOf,
  traced,
  useFakeTimers,
  type World,
} from "./world.ts";

const ADDRESS = "https://bucket.s3.amazonaws.com/a.mp4";

const WHOLE: SignedFor = { whole: true, network: null, expiresAt: NOON + HOUR, tags: [] };
const PREFIX: SignedFor = { ...WHOLE, whole: false };

type Weighing = { readonly tenant?: Tenant; readonly signed?: SignedFor; readonly guessed?: boolean };

/** What a URL proves under an access mode. */
async function weigh(world: World, access: AccessMode, url: string, changes: Weighing = {}): Promise<Standing> {
  const { tenant = await acme(world.ring, access), signed = null, guessed = false } = changes;
  const source = await sourceOf(url, null, tenant);
  const asked = { ...source, access, url: { ...source.url, guessed } };
  return await weighProof(tenant, asked, signed, world);
}

const GIVEN: Standing = { proof: "given", vouched: true };
const ASK: Standing = { proof: "ask", vouched: false };
const REFUSED: Standing = { proof: "refused", vouched: false };

afterEach(() => {
  vi.useRealTimers();
});

describe("under verify a link", () => {
  it("whose signature holds proves its holder's right", async () => {
    expect(await weigh(makeWorld(), "verify", await s3Link(ADDRESS))).toEqual(GIVEN);
  });

  it.each<[string, () => Promise<string>]>([
    ["whose signature was changed", async () => tampered(await s3Link(ADDRESS))],
    ["that was signed for another object", async () => (await s3Link(ADDRESS)).replace("/a.mp4", "/b.mp4")],
    ["whose life was made longer", async () => (await s3Link(ADDRESS)).replace("Expires=3600", "Expires=7200")],
    ["with something more behind it", async () => `${await s3Link(ADDRESS)}&versionId=1`],
  ])("%s is refused", async (_, link) => {
    expect(await weigh(makeWorld(), "verify", await link())).toEqual(REFUSED);
  });

  it("that has ended is refused", async () => {
    const world = makeWorld();
    world.clock.advance(HOUR);
    expect(await weigh(world, "verify", await s3Link(ADDRESS))).toEqual(REFUSED);
  });

  it.each<[string, (world: World) => Promise<Tenant>]>([
    ["no material", async ({ ring }) => await acme(ring, "verify", { verificationKeys: [] })],
    [
      "material of another key",
      async ({ ring }) => {
        const material = { ...S3_SECRET, accessKeyId: "AKIAIOSFODNN7OTHER00" };
        return await acme(ring, "verify", { verificationKeys: [await sealedMaterial(ring, material)] });
      },
    ],
    [
      "material that does not open",
      async ({ ring }) => await acme(ring, "verify", { verificationKeys: [{ id: "a", sealed: "AQE" }] }),
    ],
  ])("is asked of the origin where we have %s", async (_, tenantOf) => {
    const world = makeWorld();
    const tenant = await tenantOf(world);
    expect(await weigh(world, "verify", await s3Link(ADDRESS), { tenant })).toEqual(ASK);
    expect(await weigh(world, "verify", tampered(await s3Link(ADDRESS)), { tenant })).toEqual(ASK);
  });

  it("without a signature is asked of the origin", async () => {
    expect(await weigh(makeWorld(), "verify", ADDRESS)).toEqual(ASK);
  });

  it("is not judged by another tenant's material", async () => {
    const world = makeWorld();
    const { verificationKeys } = await acme(world.ring, "verify");
    const tenant = { ...ACME, id: "other" as Tenant["id"], access: "verify", verificationKeys } as const;
    expect(await weigh(world, "verify", await s3Link(ADDRESS), { tenant })).toEqual(ASK);
    expect(reported(world)).toEqual(["secrets"]);
  });

  it("is asked of the origin when our secrets are out of reach, and that is reported", async () => {
    const world = makeWorld();
    const down = { ...world, secrets: failing(world.secrets) };
    expect(await weigh(down, "verify", await s3Link(ADDRESS))).toEqual(ASK);
    expect(reported(world)).toEqual(["verify"]);
  });
});

describe("under another mode", () => {
  it.each<[string, AccessMode, Weighing, Standing]>([
    ["probe asks the origin, whatever the signature", "probe", {}, ASK],
    [
      "probe asks the origin about a link that the tenant signed, too",
      "probe",
      { signed: WHOLE },
      { ...ASK, vouched: true },
    ],
    ["signed refuses what the tenant did not sign", "signed", {}, REFUSED],
    ["signed gives what the tenant signed", "signed", { signed: WHOLE }, GIVEN],
    [
      "signed gives keys below a prefix, and vouches for no URL",
      "signed",
      { signed: PREFIX },
      { ...GIVEN, vouched: false },
    ],
    ["public gives to everybody, and vouches for nothing", "public", {}, { proof: "given", vouched: false }],
    ["public asks the origin where a scheme is only guessed", "public", { guessed: true }, ASK],
  ])("%s", async (_, access, changes, standing) => {
    const world = makeWorld();
    for (const url of [await s3Link(ADDRESS), tampered(await s3Link(ADDRESS)), ADDRESS]) {
      expect(await weigh(world, access, url, changes)).toEqual(standing);
    }
  });

  it.each(["probe", "signed", "public"] as const)("%s opens no secret, and asks Google nothing", async (access) => {
    const world = makeWorld();
    const log: string[] = [];
    const parts = { ...world, secrets: traced("secrets", world.secrets, log) };
    await weigh(parts, access, await s3Link(ADDRESS));
    await weigh(parts, access, await gcsLink());
    expect(log).toEqual([]);
    expect(world.serviceAccounts.asked).toEqual([]);
  });

  it("verify opens no secret for a URL that is never stored", async () => {
    const world = makeWorld();
    const log: string[] = [];
    const url = (await s3Link(ADDRESS)).replace("/a.mp4", "/b/../a.mp4");
    const parts = { ...world, secrets: traced("secrets", world.secrets, log) };
    expect(await weigh(parts, "verify", url)).toEqual(ASK);
    expect(log).toEqual([]);
  });
});

describe("a link of a Google service account", () => {
  async function googleWorld(keys: readonly JsonWebKey[] | Error | null = accountKeys()) {
    const world = makeWorld();
    const verificationKeys = [await sealedMaterial(world.ring, ACCOUNT_MATERIAL)];
    const tenant = await acme(world.ring, "verify", { verificationKeys });
    if (keys) world.serviceAccounts.accounts.set(ACCOUNT, keys);
    return { world, tenant };
  }

  it("is checked with the keys that Google publishes of it", async () => {
    const { world, tenant } = await googleWorld();
    expect(await weigh(world, "verify", await gcsLink(), { tenant })).toEqual(GIVEN);
    expect(world.serviceAccounts.asked).toEqual([ACCOUNT]);
  });

  it("that the tenant has not registered is asked of the origin, and Google nothing", async () => {
    const { world } = await googleWorld();
    expect(await weigh(world, "verify", await gcsLink())).toEqual(ASK);
    expect(world.serviceAccounts.asked).toEqual([]);
  });

  it("is asked of the origin when Google knows no such account", async () => {
    const { world, tenant } = await googleWorld(null);
    expect(await weigh(world, "verify", await gcsLink(), { tenant })).toEqual(ASK);
    expect(world.reports).toEqual([]);
  });

  it("is asked of the origin when Google cannot be reached", async () => {
    const { world, tenant } = await googleWorld(new Error("connect ETIMEDOUT"));
    expect(await weigh(world, "verify", await gcsLink(), { tenant })).toEqual(ASK);
    await world.settled();
    expect(reported(world)).toContain("account keys");
  });

  it("waits for Google's keys no longer than their budget: then the origin is asked, and the keys come in behind", async () => {
    const { world, tenant } = await googleWorld();
    const link = await gcsLink();
    const answer = Promise.withResolvers<readonly JsonWebKey[]>();
    const late: Promise<unknown>[] = [];
    const parts: World = {
      ...world,
      serviceAccounts: { ...world.serviceAccounts, find: () => answer.promise },
      inBackground: (work) => late.push(work),
    };
    useFakeTimers();
    const { value, ms } = await passingTime(weigh(parts, "verify", link, { tenant }));
    expect({ value, ms }).toEqual({ value: ASK, ms: ACCOUNT_KEYS_BUDGET_MS });
    expect(reported(world)).toEqual(["account keys"]);
    expect(late).toHaveLength(1);
    answer.resolve(accountKeys());
    expect(await Promise.all(late)).toEqual([accountKeys()]);
    expect(await weigh(parts, "verify", link, { tenant })).toEqual(GIVEN);
  });

  it("whose keys fail late leaves nobody with an unhandled failure", async () => {
    const { world, tenant } = await googleWorld();
    const answer = Promise.withResolvers<null>();
    const parts = { ...world, serviceAccounts: { ...world.serviceAccounts, find: () => answer.promise } };
    const link = await gcsLink();
    useFakeTimers();
    expect((await passingTime(weigh(parts, "verify", link, { tenant }))).value).toEqual(ASK);
    answer.reject(new Error("connect ETIMEDOUT"));
    await world.settled();
    expect(reported(world)).toEqual(["account keys", "background"]);
  });
});
