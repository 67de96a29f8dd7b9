import { beforeEach, describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import { formatUploadId } from "../../src/core/uploads/upload-id.ts";
import { UPLOAD_LIFE_MS, type UploadChunk, type UploadPlan } from "../../src/core/uploads/upload-session.ts";
import type { Uploads } from "../../src/ports/uploads.ts";
import { HOUR, NOON, SECOND } from "../core/samples.ts";
import { uploadsSweepContract } from "./uploads-sweep.contract.ts";

export type UploadsUnderTest = { readonly uploads: Uploads; readonly tenants: readonly [TenantId, TenantId] };

export const RESULT = { etag: '"whole"', sha256: "ab".repeat(32), assetId: null };

/** A plan of three chunks, of an id and a path that nobody else has. */
export function newPlan(tenant: TenantId, changes: Partial<UploadPlan> = {}): UploadPlan {
  const id = formatUploadId(NOON, crypto.randomUUID());
  return {
    ...{ tenant, id, kind: "chunks", fileName: "a.mp4", size: 25, userId: "user123", userRole: "creator" },
    ...{ contentType: "video/mp4", sha256: null, asset: false, chunkBytes: 10, path: `creator/user123/${id}.mp4` },
    ...{ storeUpload: "upload-1", token: null, createdAt: NOON, expiresAt: NOON + UPLOAD_LIFE_MS },
    ...changes,
  } as const;
}

export function chunk(index: number, etag = `etag-${index}`): UploadChunk {
  return { index, etag, bytes: 10, sha256: "cd".repeat(32) };
}

export function uploadsContract(name: string, make: () => Promise<UploadsUnderTest>): void {
  describe(`Uploads: ${name}`, () => {
    let uploads: Uploads;
    let plan: UploadPlan;
    let others: { tenant: TenantId; id: string };
    beforeEach(async () => {
      const made = await make();
      uploads = made.uploads;
      plan = newPlan(made.tenants[0]);
      others = { tenant: made.tenants[1], id: plan.id };
    });

    test("a session begins with nothing there, and remembers all that it was begun with", async () => {
      expect(await uploads.begin(plan)).toBe(true);
      expect(await uploads.find(plan)).toEqual({ ...plan, status: "initiated", result: null, updatedAt: NOON });
      expect(await uploads.chunks(plan)).toEqual([]);
    });

    test.each<Partial<UploadPlan>>([
      { fileName: "\u0000\u001f \u202e../../\ud800 'quoted' \\ 👩‍👩‍👧‍👦.mp4" },
      { kind: "direct", sha256: "ef".repeat(32), asset: true, token: "12".repeat(32) },
      { kind: "tus", size: 0, storeUpload: null },
      { size: 5 * 2 ** 40, chunkBytes: 5 * 2 ** 30, userRole: "subscriber" },
    ])("keeps what is unusual as it was given: %j", async (changes) => {
      await uploads.begin({ ...plan, ...changes });
      expect(await uploads.find(plan)).toMatchObject({ ...plan, ...changes });
    });

    test("no two have one id, and no two files one path", async () => {
      await uploads.begin(plan);
      expect(await uploads.begin({ ...plan, path: "elsewhere", createdAt: NOON + 1 })).toBe(false);
      expect(await uploads.begin({ ...newPlan(plan.tenant), path: plan.path })).toBe(false);
      expect(await uploads.begin({ ...newPlan(others.tenant), path: plan.path })).toBe(true);
      expect(await uploads.find(plan)).toMatchObject(plan);
    });

    test("chunks come in any order and side by side, and are told in theirs", async () => {
      await uploads.begin(plan);
      const kept = await Promise.all([2, 0, 1].map((index) => uploads.keepChunk(plan, chunk(index), NOON + SECOND)));
      expect(kept).toEqual([true, true, true]);
      expect(await uploads.chunks(plan)).toEqual([chunk(0), chunk(1), chunk(2)]);
      expect(await uploads.find(plan)).toMatchObject({ status: "in_progress", updatedAt: NOON + SECOND });
    });

    test("a chunk that is noted again takes the other's place", async () => {
      await uploads.begin(plan);
      await uploads.keepChunk(plan, chunk(0), NOON);
      const again = { ...chunk(0, "again"), sha256: null };
      expect(await uploads.keepChunk(plan, again, NOON)).toBe(true);
      expect(await uploads.chunks(plan)).toEqual([again]);
    });

    test("what was sent once is in no doubt", async () => {
      await uploads.begin(plan);
      expect(await uploads.findForChunk(plan, 0)).toMatchObject(plan);
      await uploads.keepChunk(plan, chunk(0), NOON);
      expect(await uploads.forgetDoubtful(plan)).toEqual([]);
      expect(await uploads.chunks(plan)).toEqual([chunk(0)]);
    });

    test("what somebody is about to send again is in doubt, whether or not they end", async () => {
      await uploads.begin(plan);
      for (const index of [0, 1, 2]) await uploads.keepChunk(plan, chunk(index), NOON);
      await uploads.findForChunk(plan, 2);
      await uploads.findForChunk(plan, 0);
      await uploads.keepChunk(plan, chunk(0, "again"), NOON);
      expect(await uploads.forgetDoubtful(plan)).toEqual([0, 2]);
      expect(await uploads.chunks(plan)).toEqual([chunk(1)]);
    });

    test("all chunks are forgotten at once, of a session that goes on and is one's own", async () => {
      await uploads.begin(plan);
      for (const index of [0, 1]) await uploads.keepChunk(plan, chunk(index), NOON);
      await uploads.forgetAll(others);
      expect(await uploads.chunks(plan)).toHaveLength(2);
      await uploads.forgetAll(plan);
      expect(await uploads.chunks(plan)).toEqual([]);
      await uploads.keepChunk(plan, chunk(0), NOON);
      await uploads.end(plan, { status: "completed", result: RESULT }, NOON);
      await uploads.forgetAll(plan);
      expect(await uploads.chunks(plan)).toHaveLength(1);
    });

    test("of two that send the same at once one must be wrong, so it is in doubt", async () => {
      await uploads.begin(plan);
      await Promise.all([uploads.findForChunk(plan, 0), uploads.findForChunk(plan, 0)]);
      await Promise.all(["one", "other"].map((etag) => uploads.keepChunk(plan, chunk(0, etag), NOON)));
      expect(await uploads.forgetDoubtful(plan)).toEqual([0]);
    });

    test.each([{ status: "completed", result: RESULT }, { status: "cancelled" }, { status: "expired" }] as const)(
      "it ends once, and takes no chunk after that: %j",
      async (end) => {
        await uploads.begin(plan);
        await uploads.keepChunk(plan, chunk(0), NOON);
        expect(await uploads.end(plan, end, NOON + HOUR)).toBe(true);
        expect(await uploads.find(plan)).toMatchObject({ result: null, ...end, updatedAt: NOON + HOUR });
        for (const late of [{ status: "completed", result: RESULT }, { status: "cancelled" }] as const) {
          expect(await uploads.end(plan, late, NOON)).toBe(false);
        }
        expect(await uploads.keepChunk(plan, chunk(1), NOON)).toBe(false);
        expect(await uploads.findForChunk(plan, 0)).toMatchObject({ status: end.status });
        expect(await uploads.forgetDoubtful(plan)).toEqual([]);
        expect(await uploads.chunks(plan)).toEqual([chunk(0)]);
      },
    );

    test("of all that would end it at once one does", async () => {
      await uploads.begin(plan);
      const ends = [{ status: "completed", result: RESULT }, { status: "cancelled" }, { status: "expired" }] as const;
      const ended = await Promise.all(ends.map((end) => uploads.end(plan, end, NOON)));
      expect(ended.filter(Boolean)).toHaveLength(1);
      expect(await uploads.find(plan)).toMatchObject({ status: ends[ended.indexOf(true)]?.status });
    });

    test("a completed one is told what it has become, and no other", async () => {
      await uploads.begin(plan);
      await uploads.noteAsset(plan, "asset-1");
      expect(await uploads.find(plan)).toMatchObject({ result: null });
      await uploads.end(plan, { status: "completed", result: RESULT }, NOON);
      await uploads.noteAsset(others, "asset-2");
      await uploads.noteAsset(plan, "asset-1");
      expect(await uploads.find(plan)).toMatchObject({ result: { ...RESULT, assetId: "asset-1" } });
    });

    test("who names a token has what was begun with that one, and nothing else", async () => {
      const [mine, theirs] = ["12".repeat(32), "34".repeat(32)] as const;
      await uploads.begin({ ...plan, token: mine });
      const { tenant, id } = plan;
      for (const token of [mine, null]) expect(await uploads.find({ tenant, id, token })).not.toBeNull();
      expect(await uploads.find({ tenant, id, token: theirs })).toBeNull();
      expect(await uploads.findForChunk({ tenant, id, token: theirs }, 0)).toBeNull();
      expect(await uploads.keepChunk({ tenant, id, token: theirs }, chunk(0), NOON)).toBe(false);
      expect(await uploads.end({ tenant, id, token: theirs }, { status: "cancelled" }, NOON)).toBe(false);
      expect(await uploads.keepChunk({ tenant, id, token: mine }, chunk(0), NOON)).toBe(true);
    });

    test("another tenant has none of its id, and changes nothing of it", async () => {
      await uploads.begin(plan);
      await uploads.keepChunk(plan, chunk(0), NOON);
      const before = await uploads.find(plan);
      expect(await uploads.find(others)).toBeNull();
      expect(await uploads.findForChunk(others, 0)).toBeNull();
      expect(await uploads.keepChunk(others, chunk(0, "theirs"), NOON)).toBe(false);
      expect(await uploads.end(others, { status: "cancelled" }, NOON)).toBe(false);
      expect(await uploads.chunks(others)).toEqual([]);
      expect(await uploads.forgetDoubtful(plan)).toEqual([]);
      await uploads.findForChunk(plan, 0);
      expect(await uploads.forgetDoubtful(others)).toEqual([]);
      expect(await uploads.chunks(plan)).toEqual([chunk(0)]);
      expect(await uploads.find(plan)).toEqual(before);
    });
  });

  uploadsSweepContract(name, make);
}
