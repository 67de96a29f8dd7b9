import { describe, expect, it } from "vitest";
import { type Inspection, inspect } from "../../src/app/inspect.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { HOUR, MINUTE, NOON, presigned, SIGNING } from "../core/samples.ts";
import { gcsLink } from "./google.ts";
import {
  ACME,
  failing,
  generationOf,
  makeReady,
  makeWorld,
  reported,
  sourceOf,
  tracesOf,
  URL_A,
  type World,
} from "./world.ts";

const ADDRESS = "https://bucket.s3.amazonaws.com/a.mp4";
const OPEN = "https://files.example.com/open/a.mp4";
const AZURE = "https://acct.blob.core.windows.net/c/b";
const GCS_V2 = "https://storage.googleapis.com/bucket/a?GoogleAccessId=a%40b.co&Expires=1795179600&Signature=c2ln";

const look = (text: string, world: World = makeWorld(), tenant: Tenant = ACME) => inspect(tenant, text, false, world);

describe("a URL is explained to its owner", () => {
  it("whole: what it names, until when, who may have it, and what each parameter is", async () => {
    const url = presigned(`${ADDRESS}?versionId=v1&response-content-type=text%2Fcsv`, { token: "t", fromSdk: true });
    expect(await look(url)).toEqual<Inspection>({
      provider: "s3-sigv4",
      identity: "s3:aws/bucket/a.mp4?versionId=v1",
      expiresAt: NOON + HOUR,
      storable: true,
      reason: null,
      access: "probe",
      cached: false,
      parameters: {
        credential: [
          ...["X-Amz-Algorithm", "X-Amz-Content-Sha256", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires"],
          ...["X-Amz-Security-Token", "X-Amz-Signature", "X-Amz-SignedHeaders", "x-amz-checksum-mode", "x-id"],
        ],
        significant: ["versionId"],
        presentational: ["response-content-type"],
        unsigned: [],
      },
    });
  });

  it.each<[string, string, string | null]>([
    ["Google", "", "gcs-v4"],
    ["nobody that we know", OPEN, null],
    ["S3 without a signature", ADDRESS, null],
  ])("with the scheme of %s", async (_, url, provider) => {
    expect(await look(url || (await gcsLink()))).toMatchObject({ provider });
  });

  it("with no end where it tells none, and with one that has come", async () => {
    expect(await look(OPEN)).toMatchObject({ expiresAt: null });
    const ended = presigned(ADDRESS, { date: "20261120T100000Z" });
    expect(await look(ended)).toMatchObject({ expiresAt: NOON - HOUR, storable: true });
  });

  it("with those parameters that no signature covers, whatever they are", async () => {
    const { parameters } = await look(`${GCS_V2}&generation=1&response-content-type=text%2Fhtml&utm_source=a&flag`);
    expect(parameters).toEqual({
      credential: ["GoogleAccessId", "Expires", "Signature"],
      significant: ["generation"],
      presentational: ["response-content-type"],
      unsigned: ["generation", "response-content-type", "utm_source", "flag"],
    });
  });

  it("with no word of unsigned parameters where nothing is signed at all", async () => {
    const { parameters } = await look(`${OPEN}?a=1&b=2`);
    expect(parameters).toEqual({ credential: [], significant: ["a", "b"], presentational: [], unsigned: [] });
  });

  it("with names as they stand in the URL", async () => {
    expect((await look(`${OPEN}?caf%C3%A9=1&B&a=1&a=2`)).parameters.significant).toEqual(["caf%C3%A9", "B", "a", "a"]);
  });

  it.each<[string, string, Partial<Inspection>]>([
    ["is not on the allow-list", `${AZURE}?x=1`, { storable: true, reason: "origin-not-allowed", access: null }],
    ["has dot segments", `${ADDRESS}/../b`, { storable: false, reason: "dot-segments", access: "probe" }],
    [
      "was signed over headers",
      URL_A.replace("SignedHeaders=host", "SignedHeaders=host%3Brange"),
      { storable: false, reason: "signed-headers", access: "probe" },
    ],
    ["names no object", "https://bucket.s3.amazonaws.com/", { storable: false, reason: "not-an-object" }],
    ["is not whole", `${ADDRESS}?X-Amz-Signature=a&X-Amz-Date=b`, { storable: false, reason: "malformed" }],
    ["may be had by everybody", OPEN, { storable: true, reason: null, access: "public" }],
    [
      "is not allowed and could not be stored either",
      `${AZURE}?comp=list`,
      { storable: false, reason: "sub-resource", access: null },
    ],
  ])("with the reason when it %s", async (_, url, found) => {
    expect(await look(url)).toMatchObject(found);
  });

  it("with the access of its rule, or of the tenant", async () => {
    const tenant: Tenant = { ...ACME, access: "verify" };
    expect(await look(URL_A, makeWorld(), tenant)).toMatchObject({ access: "verify" });
    expect(await look(OPEN, makeWorld(), tenant)).toMatchObject({ access: "public" });
  });

  it("by what the tenant says of its own host names", async () => {
    const cname: Tenant = { ...ACME, cnames: [{ host: "files.example.com", bucket: "s3:aws/bucket" }] };
    const plain = await look(ADDRESS);
    expect(await look("https://files.example.com/a.mp4", makeWorld(), cname)).toMatchObject({
      identity: plain.identity,
    });
    expect((await look("https://files.example.com/a.mp4")).identity).not.toBe(plain.identity);
  });

  it.each([
    ["nothing", "", "absolute URL"],
    ["a word", "a.mp4", "absolute URL"],
    ["a password in it", "https://me:hunter2@bucket.s3.amazonaws.com/a", "user name or password"],
  ])("unless it is %s: 400, naming the field and no secret", async (_, url, problem) => {
    const refused = { code: "INVALID_FIELD", message: expect.stringMatching(`^url .*${problem}`) };
    await expect(look(url)).rejects.toMatchObject(refused);
    await expect(look(url)).rejects.not.toThrow("hunter2");
  });
});

describe("whether there is a copy", () => {
  it("is told for every signing of the object", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf());
    expect(await look(URL_A, world)).toMatchObject({ cached: true });
    expect(await look(presigned(ADDRESS, { signature: "0".repeat(64) }), world)).toMatchObject({ cached: true });
    expect(await look(presigned("https://bucket.s3.amazonaws.com/b.mp4"), world)).toMatchObject({ cached: false });
  });

  it("is told of the tenant's own copies only", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf());
    const other: Tenant = { ...ACME, id: "other" as Tenant["id"] };
    expect(await look(URL_A, world, other)).toMatchObject({ cached: false });
  });

  it("is not told of one that is old, or that the tenant wanted gone", async () => {
    const world = makeWorld();
    const { key } = await makeReady(world, await sourceOf(), { expiresAt: NOON + MINUTE });
    world.clock.advance(MINUTE);
    expect(await look(URL_A, world)).toMatchObject({ cached: false });
    const again = makeWorld();
    await makeReady(again, await sourceOf());
    await again.ledger.markStale(key, await generationOf(again, key), NOON);
    again.index.entries.clear();
    expect(await look(URL_A, again)).toMatchObject({ cached: false });
  });

  it("is not known, and that is no error, while nobody can say", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf());
    const down = { ...world, index: failing(world.index), ledger: failing(world.ledger) };
    expect(await look(URL_A, down)).toMatchObject({ cached: false, storable: true });
    expect(reported(world)).toContain("ledger");
  });
});

describe("an explanation", () => {
  it("fetches nothing, fills nothing and counts nothing", async () => {
    const world = makeWorld();
    await look(URL_A, world);
    await world.settled();
    expect(world.origin.calls).toEqual([]);
    expect(world.queue.messages).toEqual([]);
    expect(world.usage.events).toEqual([]);
    expect(tracesOf(world, (await sourceOf()).key)).toEqual([]);
  });

  it.each<[string, string]>([
    ["S3", presigned(`${ADDRESS}?versionId=v1`, { token: "session-token" })],
    ["a scheme that we do not know", `${OPEN}?signature=${SIGNING.signature}&x-auth=${SIGNING.accessKey}`],
    ["a token of Akamai's under any name", `${OPEN}?a=exp=1795179600~acl=/*~hmac=${SIGNING.signature}`],
  ])("THREATS 20: gives away no credential of %s", async (_, url) => {
    const text = JSON.stringify(await look(url));
    for (const secret of [SIGNING.signature, SIGNING.accessKey, "session-token"]) expect(text).not.toContain(secret);
  });
});
