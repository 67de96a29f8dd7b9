import { describe, expect, it } from "vitest";
import { cancelUpload } from "../../../src/app/uploads/cancel-upload.ts";
import { completeUpload } from "../../../src/app/uploads/complete-upload.ts";
import { describeUpload } from "../../../src/app/uploads/describe-upload.ts";
import { partUrls } from "../../../src/app/uploads/part-urls.ts";
import { uploadKey } from "../../../src/core/uploads/upload-path.ts";
import { UPLOAD_LIFE_MS, type UploadPlan } from "../../../src/core/uploads/upload-session.ts";
import { HOUR, NOON } from "../../core/samples.ts";
import {
  begun,
  bytesOf,
  digest,
  FILE,
  refusal,
  SIZE,
  storedBytes,
  type UploadWorld,
  uploadWorld,
} from "./upload-world.ts";

const DIRECT = { kind: "direct" } as const;

async function directWorld(wish = {}) {
  const world = uploadWorld();
  const plan = await begun(world, wish, DIRECT);
  return { world, plan, urls: partUrls(plan, [], world.parts) };
}

/** Puts a part there as nobody can by its address. */
async function putAt({ store }: UploadWorld, plan: UploadPlan, index: number, bytes: Uint8Array<ArrayBuffer>) {
  return await store.resumeMultipart(uploadKey(plan), plan.storeUpload ?? "").uploadPart(index + 1, bytes);
}

describe("an upload straight to the store", () => {
  it("gets an address for each part, good for a day", async () => {
    const { plan, urls } = await directWorld();
    expect(urls.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(urls.map(({ expiresAt }) => expiresAt)).toEqual(Array(3).fill(NOON + 24 * HOUR));
    expect(urls[2]?.url).toContain(`upload=${plan.storeUpload}&part=3`);
  });

  it("gets others for what is not there yet, and none that outlive the session", async () => {
    const { world, plan } = await directWorld();
    world.time.now = plan.expiresAt - HOUR;
    expect(partUrls(plan, [0, 2], world.parts)).toMatchObject([{ index: 1, expiresAt: plan.expiresAt }]);
    world.time.now = plan.expiresAt;
    expect(partUrls(plan, [], world.parts)).toEqual([]);
    expect(UPLOAD_LIFE_MS).toBe(plan.expiresAt - NOON);
  });

  it("is completed by what the store says is there", async () => {
    const { world, plan, urls } = await directWorld({ sha256: digest(FILE) });
    await Promise.all(urls.map(({ index, url }) => world.direct.put(url, bytesOf(index))));
    expect(await describeUpload(plan, world.parts)).toMatchObject({ chunks: [0, 1, 2], bytes: SIZE });
    const done = await completeUpload(plan, world.parts);
    expect(done.result.sha256).toBe(digest(FILE));
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
    expect((await completeUpload(plan, world.parts)).result).toEqual(done.result);
  });

  it("lacks what nobody sent, and what was sent with another size", async () => {
    const { world, plan, urls } = await directWorld();
    await world.direct.put(urls[0]?.url ?? "", bytesOf(0));
    await putAt(world, plan, 1, new Uint8Array(3));
    expect(await describeUpload(plan, world.parts)).toMatchObject({ session: { status: "in_progress" }, chunks: [0] });
    expect((await refusal(completeUpload(plan, world.parts))).missing).toEqual([1, 2]);
    await world.direct.put(urls[1]?.url ?? "", bytesOf(1));
    await world.direct.put(urls[2]?.url ?? "", bytesOf(2));
    await completeUpload(plan, world.parts);
  });

  it("is completed again where the last word of the first time got lost", async () => {
    const { world, plan, urls } = await directWorld();
    for (const { index, url } of urls) await world.direct.put(url, bytesOf(index));
    const { end } = world.uploads;
    world.uploads.end = async () => {
      throw new Error("down");
    };
    await refusal(completeUpload(plan, world.parts));
    world.uploads.end = end;
    expect(await completeUpload(plan, world.parts)).toMatchObject({ status: "completed" });
  });

  it("is completed by what its client has heard from the store, where that does not tell", async () => {
    const { world, plan, urls } = await directWorld();
    const parts = { ...world.parts, direct: { ...world.direct, parts: async () => null } };
    for (const { index, url } of urls) await world.direct.put(url, bytesOf(index));
    const known = world.store.uploads.get(plan.storeUpload ?? "")?.parts;
    const named = [2, 0, 1].map((index) => ({ index, etag: `"${known?.get(index + 1)?.etag}"` }));
    expect(await describeUpload(plan, parts)).toMatchObject({ chunks: [] });
    expect((await refusal(completeUpload(plan, parts))).code).toBe("MISSING_FIELD");
    expect((await refusal(completeUpload(plan, parts, named.slice(1)))).missing).toEqual([2]);
    for (const wrong of [
      [...named, ...named],
      [{ index: 3, etag: "x" }],
      named.map((part) => ({ ...part, etag: "x" })),
    ]) {
      const error = await refusal(completeUpload(plan, parts, wrong));
      expect([error.code, error.message]).toEqual(["INVALID_FIELD", expect.stringContaining("parts")]);
    }
    expect(await completeUpload(plan, parts, named)).toMatchObject({ status: "completed" });
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it("is not completed by other parts than the store tells of, and goes on", async () => {
    const { world, plan, urls } = await directWorld();
    const named = [];
    for (const { index, url } of urls) named.push({ index, etag: await world.direct.put(url, bytesOf(index)) });
    const again = await world.direct.put(urls[1]?.url ?? "", bytesOf(1));
    const error = await refusal(completeUpload(plan, world.parts, named));
    expect([error.code, error.message]).toEqual(["INVALID_FIELD", expect.stringContaining("chunk 1")]);
    const mended = named.map((part) => (part.index === 1 ? { ...part, etag: again } : part));
    expect(await completeUpload(plan, world.parts, mended)).toMatchObject({ status: "completed" });
    expect(await completeUpload(plan, world.parts, mended)).toMatchObject({ status: "completed" });
  });

  it("goes on with what was joined where the last word got lost, by the parts that it names", async () => {
    const { world, plan, urls } = await directWorld();
    const named = [];
    for (const { index, url } of urls) named.push({ index, etag: await world.direct.put(url, bytesOf(index)) });
    const { end } = world.uploads;
    world.uploads.end = async () => {
      throw new Error("down");
    };
    expect((await refusal(completeUpload(plan, world.parts, named))).code).toBe("DATABASE_ERROR");
    world.uploads.end = end;
    expect(await completeUpload(plan, world.parts, named)).toMatchObject({ status: "completed" });
  });

  it("takes no more bytes at an address than were said", async () => {
    const { world, urls } = await directWorld();
    await expect(world.direct.put(urls[2]?.url ?? "", bytesOf(0))).rejects.toThrow();
    expect(await world.direct.put(urls[2]?.url ?? "", bytesOf(2))).not.toBe("");
  });

  it("that has another length than was said ends where the store does not tell, and nothing is kept", async () => {
    const { world, plan, urls } = await directWorld();
    const sizes = [3, 3, 2];
    const named = [];
    for (const { index } of urls) {
      named.push({ index, etag: await putAt(world, plan, index, new Uint8Array(sizes[index] ?? 0)) });
    }
    expect((await refusal(completeUpload(plan, world.parts, named))).missing).toEqual([0, 1, 2]);
    const parts = { ...world.parts, direct: { ...world.direct, parts: async () => null } };
    expect((await refusal(completeUpload(plan, parts, named))).code).toBe("INVALID_FIELD");
    expect([storedBytes(world, plan), await world.uploads.find(plan)]).toMatchObject([null, { status: "cancelled" }]);
  });

  it("may be empty", async () => {
    const { world, plan, urls } = await directWorld({ size: 0 });
    expect(urls).toEqual([]);
    expect(await completeUpload(plan, world.parts)).toMatchObject({ status: "completed" });
  });

  it("is cancelled, and then its addresses lead to nothing", async () => {
    const { world, plan, urls } = await directWorld();
    await cancelUpload(plan, world.parts);
    await expect(world.direct.put(urls[0]?.url ?? "", bytesOf(0))).rejects.toThrow();
    expect((await refusal(completeUpload(plan, world.parts))).code).toBe("UPLOAD_COMPLETED");
  });

  it("says so where the deployment has lost its key to the store", async () => {
    const { world, plan } = await directWorld();
    const error = await refusal(completeUpload(plan, { ...world.parts, direct: null }));
    expect(error.code).toBe("MISCONFIGURED");
  });
});
