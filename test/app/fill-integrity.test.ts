import { describe, expect, it } from "vitest";
import { consume } from "./consuming.ts";
import { checksumOf, DECLARATIONS } from "./declared-checksums.ts";
import { askedFor, pattern, ranged, type SmallWorld, sha256, smallWorld, storedIn } from "./small-parts.ts";
import { isClaimed, reported, tracesOf, URL_A, want } from "./world.ts";

const WAYS = [
  { way: "put at once", length: 15, headers: {} },
  { way: "read as one stream", length: 35, headers: { "accept-ranges": null } },
  { way: "read side by side", length: 455, headers: {} },
] as const;

const CASES = WAYS.flatMap((way) => DECLARATIONS.map((declaration) => ({ ...way, ...declaration })));

const OTHER = pattern(8, 1234);

/** The ledger and the index, which must never hear of a copy. */
function watched(world: SmallWorld) {
  const published: unknown[] = [];
  const ledger: typeof world.ledger = {
    ...world.ledger,
    async publish(...call) {
      published.push(call);
      return await world.ledger.publish(...call);
    },
  };
  return { parts: { ...world, ledger }, published };
}

describe("bytes that are what their origin declared", () => {
  it.each(CASES)("by $algorithm in $field, $way, are published", async ({ length, headers, field, of }) => {
    const body = pattern(length);
    const { world, key, message } = await smallWorld(ranged(body, { ...headers, [field]: of(body) }));
    await consume([message], world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
    expect(world.reports).toEqual([]);
  });
});

describe("bytes that are not what their origin declared", () => {
  it.each(CASES)(
    "by $algorithm in $field, $way, are fetched once more, and then failed with both values",
    async ({ length, headers, field, of, algorithm }) => {
      const body = pattern(length);
      const { world, key, message } = await smallWorld(ranged(body, { ...headers, [field]: of(OTHER) }));
      const { parts, published } = watched(world);
      await consume([message], world, parts);
      await world.settled();
      expect(reported(world)).toEqual(["fill", "fill"]);
      expect(askedFor(world).filter((first) => first === null)).toHaveLength(2);
      const entry = await world.ledger.find(key);
      expect(entry).toMatchObject({ state: "failed", failure: { code: "DIGEST_MISMATCH" } });
      expect(entry?.failure?.message).toContain(checksumOf(algorithm, OTHER));
      expect(entry?.failure?.message).toContain(checksumOf(algorithm, body));
      expect(published).toEqual([]);
      expect(tracesOf(world, key)).toEqual([]);
      expect(storedIn(world)).toEqual({ objects: [], uploads: 0 });
      expect(isClaimed(world, key)).toBe(false);
    },
  );

  it.each(WAYS)("only once, $way, are published the second time", async ({ length, headers }) => {
    const body = pattern(length);
    const wrong = ranged(body, { ...headers, "x-amz-checksum-sha256": checksumBase64(OTHER) });
    const { world, key, message } = await smallWorld(wrong);
    const right = ranged(body, { ...headers, "x-amz-checksum-sha256": checksumBase64(body) });
    let asked = 0;
    world.origin.answers.set(URL_A, ({ fields }) => (fields?.range === undefined && ++asked === 2 ? right : wrong));
    await consume([message], world);
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
  });

  it("are fetched once more whatever went wrong before, too", async () => {
    const wrong = ranged(pattern(15), { "content-md5": md5Base64(OTHER) });
    const { world, key, message } = await smallWorld({ status: 500 });
    let asked = 0;
    world.origin.answers.set(URL_A, () => (++asked <= 3 ? { status: 500 } : wrong));
    await consume([message], world);
    expect(asked).toBe(5);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "DIGEST_MISMATCH" } });
  });

  it("keep others from asking for a while, but not who insists", async () => {
    const { world, source, message } = await smallWorld(ranged(pattern(15), { "content-md5": md5Base64(OTHER) }));
    await consume([message], world);
    await want(source, world);
    expect(world.queue.messages).toEqual([]);
    const offer = { boundTo: source.identity, sealedUrl: message.sealedUrl, endsAt: null };
    const insisted = await world.gate.claim(source.key, offer, true);
    if (insisted === null) throw new Error("nobody who insists may fill it");
    await world.gate.finish(source.key, insisted, 10 * 60_000);
    world.clock.advance(10 * 60_000);
    await want(source, world);
    expect(world.queue.messages).toHaveLength(1);
  });
});

describe("what is declared of an object that is read side by side", () => {
  const body = pattern(455);

  it.each([
    {
      declared: "a CRC is put together from those of the parts",
      field: "x-goog-hash",
      value: crc32cField(body),
      reads: 0,
    },
    { declared: "nothing needs no reading", field: "x-nothing", value: "1", reads: 0 },
    { declared: "an MD5 needs one reading of what is stored", field: "content-md5", value: md5Base64(body), reads: 1 },
  ])("$declared", async ({ field, value, reads }) => {
    const { world, key, message } = await smallWorld(ranged(body, { [field]: value }));
    let gets = 0;
    const store: typeof world.store = {
      ...world.store,
      async get(...call) {
        gets += 1;
        return await world.store.get(...call);
      },
    };
    await consume([message], world, { ...world, store });
    expect(gets).toBe(reads);
    const whole = reads > 0 ? sha256(body) : null;
    expect((await world.ledger.find(key))?.copy).toMatchObject({ sha256: whole, partsDigest: { partBytes: 10 } });
  });
});

describe("a key that is a digest", () => {
  const ALGORITHMS = ["md5", "sha256"] as const;
  const keys = WAYS.flatMap((way) => ALGORITHMS.map((algorithm) => ({ ...way, algorithm })));

  it.each(keys)("$algorithm of the bytes, $way, is their key", async ({ length, headers, algorithm }) => {
    const body = pattern(length);
    const { world, key, message } = await smallWorld(ranged(body, headers), { key: checksumOf(algorithm, body) });
    await consume([message], world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });

  it.each(keys)("$algorithm of other bytes, $way, is nobody's", async ({ length, headers, algorithm }) => {
    const named = checksumOf(algorithm, OTHER);
    const { world, key, message } = await smallWorld(ranged(pattern(length), headers), { key: named });
    const { parts, published } = watched(world);
    await consume([message], world, parts);
    await world.settled();
    const entry = await world.ledger.find(key);
    expect(entry).toMatchObject({ state: "failed", failure: { code: "DIGEST_MISMATCH" } });
    expect(entry?.failure?.message).toContain(checksumOf(algorithm, pattern(length)));
    expect(published).toEqual([]);
    expect(storedIn(world)).toEqual({ objects: [], uploads: 0 });
  });
});

function checksumBase64(bytes: Uint8Array<ArrayBuffer>): string {
  return Buffer.from(checksumOf("sha256", bytes), "hex").toString("base64");
}

function md5Base64(bytes: Uint8Array<ArrayBuffer>): string {
  return Buffer.from(checksumOf("md5", bytes), "hex").toString("base64");
}

function crc32cField(bytes: Uint8Array<ArrayBuffer>): string {
  return `crc32c=${Buffer.from(checksumOf("crc32c", bytes), "hex").toString("base64")}`;
}
