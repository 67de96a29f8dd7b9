import { beforeEach, describe, expect, test } from "vitest";
import type { UploadPlan } from "../../src/core/uploads/upload-session.ts";
import type { TusUploads } from "../../src/ports/tus-uploads.ts";
import { NOON, SECOND } from "../core/samples.ts";
import { chunk, newPlan, RESULT, type UploadsUnderTest } from "./uploads.contract.ts";

export type TusUnderTest = UploadsUnderTest & { readonly tus: TusUploads };

const SAID = { metadata: "filename YS5tcDQ=,empty", concat: null };
const TAIL = { key: "uploads/t/tails/1", bytes: 3 };
const writer = (until = NOON + SECOND) => ({ id: crypto.randomUUID(), until });

export function tusUploadsContract(name: string, make: () => Promise<TusUnderTest>): void {
  describe(`TusUploads: ${name}`, () => {
    let made: TusUnderTest;
    let tus: TusUploads;
    let plan: UploadPlan;
    beforeEach(async () => {
      made = await make();
      tus = made.tus;
      plan = newPlan(made.tenants[0], { kind: "tus" });
      await made.uploads.begin(plan);
      await tus.begin(plan, SAID);
    });

    test("an upload begins with nothing there, and remembers what was said of it", async () => {
      expect(await tus.find(plan)).toEqual({ ...SAID, offset: 0, parts: 0, tail: null });
      const partial = newPlan(plan.tenant, { kind: "tus" });
      await made.uploads.begin(partial);
      await tus.begin(partial, { metadata: "", concat: "partial" });
      expect(await tus.find(partial)).toMatchObject({ metadata: "", concat: "partial" });
    });

    test("one writer at a time has the place, until it gives it back", async () => {
      const [one, other] = [writer(), writer()];
      expect(await tus.claim(plan, one, NOON)).toBe(true);
      expect(await tus.claim(plan, other, NOON)).toBe(false);
      await tus.release(plan, other.id);
      expect(await tus.claim(plan, other, NOON)).toBe(false);
      await tus.release(plan, one.id);
      expect(await tus.claim(plan, other, NOON)).toBe(true);
    });

    test("of many who want it at once one gets it", async () => {
      const claims = await Promise.all(Array.from({ length: 10 }, () => tus.claim(plan, writer(), NOON)));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    test("a writer that is not heard of loses its place, and one that is does not", async () => {
      const [one, other] = [writer(NOON + SECOND), writer(NOON + 3 * SECOND)];
      await tus.claim(plan, one, NOON);
      expect(await tus.renew(plan, { ...one, until: NOON + 2 * SECOND })).toBe(true);
      expect(await tus.claim(plan, other, NOON + SECOND)).toBe(false);
      expect(await tus.claim(plan, other, NOON + 2 * SECOND)).toBe(true);
      expect(await tus.renew(plan, one)).toBe(false);
      expect(await tus.keep(plan, one, { chunks: [chunk(0)], tail: null }, NOON)).toBe(false);
      expect(await tus.find(plan)).toMatchObject({ offset: 0 });
    });

    test("what came is told by its bytes, whole parts and the tail", async () => {
      const mine = writer();
      await tus.claim(plan, mine, NOON);
      expect(await tus.keep(plan, mine, { chunks: [chunk(0)], tail: null }, NOON)).toBe(true);
      expect(await tus.find(plan)).toMatchObject({ offset: 10, parts: 1, tail: null });
      expect(await tus.keep(plan, mine, { chunks: [], tail: TAIL }, NOON)).toBe(true);
      expect(await tus.find(plan)).toMatchObject({ offset: 13, parts: 1, tail: TAIL });
      expect(await tus.keep(plan, mine, { chunks: [chunk(1), { ...chunk(2), bytes: 5 }], tail: null }, NOON)).toBe(
        true,
      );
      expect(await tus.find(plan)).toMatchObject({ offset: 25, parts: 3, tail: null });
      expect((await made.uploads.chunks(plan)).map(({ etag }) => etag)).toEqual(["etag-0", "etag-1", "etag-2"]);
      expect(await made.uploads.find(plan)).toMatchObject({ status: "in_progress" });
    });

    test("one that was made of others is found by its words when it is complete, by who made it", async () => {
      const concat = `final;/files/${crypto.randomUUID()}`;
      const final = newPlan(plan.tenant, { kind: "tus", token: "12".repeat(32) });
      await made.uploads.begin(final);
      await tus.begin(final, { metadata: "", concat });
      const { tenant, token } = final;
      expect(await tus.findMade({ tenant, token }, concat)).toBeNull();
      await made.uploads.end(final, { status: "completed", result: RESULT }, NOON);
      expect(await tus.findMade({ tenant, token }, concat)).toBe(final.id);
      expect(await tus.findMade({ tenant, token: null }, concat)).toBe(final.id);
      expect(await tus.findMade({ tenant, token }, `${concat}x`)).toBeNull();
      expect(await tus.findMade({ tenant, token: "34".repeat(32) }, concat)).toBeNull();
      expect(await tus.findMade({ tenant: made.tenants[1], token: null }, concat)).toBeNull();
    });

    test("nothing is noted of one that has ended", async () => {
      const mine = writer();
      await tus.claim(plan, mine, NOON);
      await made.uploads.end(plan, { status: "cancelled" }, NOON);
      expect(await tus.keep(plan, mine, { chunks: [chunk(0)], tail: TAIL }, NOON)).toBe(false);
      expect(await made.uploads.chunks(plan)).toEqual([]);
    });

    test("another tenant has none of its id, and no place in it", async () => {
      const others = { tenant: made.tenants[1], id: plan.id };
      expect(await tus.find(others)).toBeNull();
      expect(await tus.claim(others, writer(), NOON)).toBe(false);
      const mine = writer();
      await tus.claim(plan, mine, NOON);
      expect(await tus.keep(others, mine, { chunks: [chunk(0)], tail: null }, NOON)).toBe(false);
      expect(await tus.renew(others, mine)).toBe(false);
      await tus.release(others, mine.id);
      expect(await tus.renew(plan, mine)).toBe(true);
    });
  });
}
