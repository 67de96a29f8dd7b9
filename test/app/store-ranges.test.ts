import { describe, expect, it } from "vitest";
import { ClaimLost } from "../../src/app/fill-failed.ts";
import { RangesIgnored, SourceChanged, storeRanges } from "../../src/app/store-ranges.ts";
import { HOUR } from "../core/samples.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { checksumOf } from "./declared-checksums.ts";
import { askedFor, pattern, ranged, sha256, storedIn } from "./small-parts.ts";
import { begunJob, draftOf, planned } from "./storing.ts";
import { URL_A } from "./world.ts";

const BODY = pattern(35);

/** A lane at work on a plan for {@link BODY}, whose origin answers its first question so. */
async function atWork(first: OriginScript | null = null, draft = draftOf(35, { resumeTag: '"v1"' })) {
  const { world, job } = await begunJob(BODY);
  const plan = await planned(world, job, draft);
  if (first) world.origin.answers.set(URL_A, first);
  return { world, job, plan };
}

describe("a lane that works on a plan", () => {
  it("fetches each part by itself, of the version that the plan is for, and joins them", async () => {
    const { world, job, plan } = await atWork();
    const stored = await storeRanges(job, plan, world);
    expect(stored).toMatchObject({ size: 35, computed: { sha256: sha256(BODY) }, generation: "planned" });
    const fields = ["0-9", "10-19", "20-29", "30-34"].map((range) => ({ range: `bytes=${range}`, ifMatch: '"v1"' }));
    expect(world.origin.calls).toEqual(fields.map((each) => ({ what: "open", url: URL_A, fields: each })));
    expect(storedIn(world)).toEqual({ objects: [sha256(BODY)], uploads: 0 });
  });

  it("tells the gate the digests of each part", async () => {
    const draft = draftOf(35, { resumeTag: '"v1"', lanes: 4, partCrc: "crc32c" });
    const { world, job, plan } = await atWork(null, draft);
    const done: unknown[] = [];
    const gate: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        done.push(call[2]);
        return await world.gate.partDone(...call);
      },
    };
    await storeRanges(job, plan, { ...world, gate });
    const parts = [0, 10, 20, 30].map((start) => BODY.slice(start, start + 10));
    expect(done).toEqual(
      parts.map((bytes, index) => ({
        ...{ number: index + 1, etag: expect.any(String), bytes: bytes.length },
        ...{ sha256: sha256(bytes), crc: checksumOf("crc32c", bytes) },
      })),
    );
  });

  it("fetches only what is missing", async () => {
    const { world, job, plan } = await atWork();
    const upload = world.store.resumeMultipart(`${job.key.tenant}/${job.key.id}/planned`, plan.uploadId);
    const etag = await upload.uploadPart(2, BODY.slice(10, 20));
    await world.gate.partDone(job.key, job.holder, { number: 2, etag, bytes: 10, sha256: null, crc: null });
    expect(await storeRanges(job, plan, world)).toMatchObject({
      computed: { sha256: sha256(BODY) },
      partsDigest: null,
    });
    expect(askedFor(world)).toEqual([0, 20, 30]);
  });

  it("has nothing to do where another has the rest in hand", async () => {
    const { world, job, plan } = await atWork(null, draftOf(35, { resumeTag: '"v1"', lanes: 2 }));
    const other = { ...job, holder: { ...job.holder, lane: 1, holder: "other" } };
    await world.gate.begin(job.key, other.holder);
    expect(await world.gate.next(job.key, job.holder)).toEqual({ do: "parts", numbers: [1, 2, 3, 4] });
    expect(await storeRanges(other, plan, world)).toBeNull();
    expect(world.origin.calls).toEqual([]);
  });

  it("stops when its time is over, with what it has kept", async () => {
    const { world, job, plan } = await atWork();
    const gate: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        world.clock.advance(HOUR);
        return await world.gate.partDone(...call);
      },
    };
    const late = { ...job, url: { ...job.url, expiresAt: null } };
    await expect(storeRanges(late, plan, { ...world, gate })).rejects.toMatchObject({ fault: { code: "TIMEOUT" } });
    expect(await world.gate.progress(job.key)).toMatchObject({ parts: 1 });
  });

  it.each(["next", "partDone"] as const)("stops when the claim is lost before its %s", async (method) => {
    const { world, job, plan } = await atWork();
    const gate: typeof world.gate = {
      ...world.gate,
      [method]: async (...call: never[]) => {
        await world.gate.revoke(job.key);
        return await (world.gate[method] as (...args: never[]) => Promise<unknown>)(...call);
      },
    };
    await expect(storeRanges(job, plan, { ...world, gate })).rejects.toBeInstanceOf(ClaimLost);
  });
});

describe("an answer that is not the part that was asked for", () => {
  const part = (headers: Record<string, string>, body = BODY.slice(0, 10)): OriginScript => {
    return { status: 206, headers: { etag: '"v1"', ...headers }, body };
  };

  it.each<[string, OriginScript]>([
    ["412", { status: 412 }],
    ["another ETag with a part", part({ etag: '"v2"', "content-range": "bytes 0-9/35" })],
    ["another ETag with the whole", { ...ranged(BODY, { etag: '"v2"' }), ranges: false }],
    ["no ETag any more", { status: 206, headers: { "content-range": "bytes 0-9/35" }, body: BODY.slice(0, 10) }],
    ["another ETag with no such range", { status: 416, headers: { etag: '"v2"' } }],
  ])("tells that the source has changed: %s", async (_, script) => {
    const { world, job, plan } = await atWork(script);
    await expect(storeRanges(job, plan, world)).rejects.toBeInstanceOf(SourceChanged);
    expect(await world.gate.progress(job.key)).toMatchObject({ parts: 0 });
  });

  it("tells that the origin does no ranges, with the answer that may be read instead", async () => {
    const { world, job, plan } = await atWork({ ...ranged(BODY), ranges: false });
    const error = await storeRanges(job, plan, world).catch((problem: unknown) => problem);
    if (!(error instanceof RangesIgnored)) throw error;
    expect(sha256(new Uint8Array(await new Response(error.answer.body).arrayBuffer()))).toBe(sha256(BODY));
    expect(error.at.text).toBe(URL_A);
  });

  it.each<[string, OriginScript, string]>([
    ["other bytes", part({ "content-range": "bytes 1-10/35" }), "RANGE_REFUSED"],
    ["fewer", part({ "content-range": "bytes 0-8/35" }), "RANGE_REFUSED"],
    ["those of a larger object", part({ "content-range": "bytes 0-9/36" }), "RANGE_REFUSED"],
    ["what does not say which bytes it is", part({}), "RANGE_REFUSED"],
    ["no such range", { status: 416, headers: { etag: '"v1"' } }, "RANGE_REFUSED"],
    ["a refusal", { status: 403 }, "ORIGIN_REFUSED"],
    ["nothing there", { status: 404 }, "ORIGIN_NOT_FOUND"],
    ["no time", { status: 503 }, "ORIGIN_BUSY"],
    ["an error", { status: 500 }, "ORIGIN_ERROR"],
  ])("is a fault: %s", async (_, script, code) => {
    const { world, job, plan } = await atWork(script);
    await expect(storeRanges(job, plan, world)).rejects.toMatchObject({ fault: { code } });
    expect(await world.gate.progress(job.key)).toMatchObject({ parts: 0 });
  });

  it.each([
    ["too short", BODY.slice(0, 9)],
    ["too long", BODY.slice(0, 11)],
  ])("is not kept when its body is %s", async (_, body) => {
    const headers = { "content-range": "bytes 0-9/35", "content-length": "10" };
    const { world, job, plan } = await atWork(part(headers, body));
    await expect(storeRanges(job, plan, world)).rejects.toThrow("announced 10 bytes");
    expect([...world.store.uploads.values()].map(({ parts }) => parts.size)).toEqual([0]);
  });

  it("may leave the whole's size open", async () => {
    const { world, job, plan } = await atWork();
    world.origin.answers.set(URL_A, ({ fields }) => {
      const [first = 0, last = 0] = (fields?.range ?? "").replace("bytes=", "").split("-").map(Number);
      return part({ "content-range": `bytes ${first}-${last}/*` }, BODY.slice(first, last + 1));
    });
    expect(await storeRanges(job, plan, world)).toMatchObject({ computed: { sha256: sha256(BODY) } });
  });
});
