import { describe, expect, it } from "vitest";
import { ACME } from "../world.ts";
import { assetWorld, leftOf, NOTHING, upload } from "./asset-world.ts";
import { bodyOf, endlessOf, form, formOf } from "./bodies.ts";

describe("a file that is too large", () => {
  const limited = async (own: Record<string, number>) => {
    const world = await assetWorld();
    await world.accounts.change(ACME.id, { own });
    return world;
  };

  it("is refused before it is read, where its length is told", async () => {
    const world = await limited({ maxObjectBytes: 4 });
    const incoming = bodyOf("hello");
    await expect(upload(world, incoming)).rejects.toMatchObject({
      code: "FILE_TOO_LARGE",
      limit: { name: "file_bytes", allowed: 4 },
    });
    expect(incoming.body?.locked).toBe(false);
    expect(world.assets.contents.size).toBe(0);
  });

  it("is refused as soon as it shows, and nothing of it is kept", async () => {
    for (const incoming of [endlessOf("hello"), formOf(form([["file", new Blob(["hello"]), "a"]]))]) {
      const world = await limited({ maxObjectBytes: 4 });
      await expect(upload(world, incoming)).rejects.toMatchObject({ code: "FILE_TOO_LARGE" });
      expect(await leftOf(world)).toEqual(NOTHING);
    }
    const world = await limited({ maxObjectBytes: 5 });
    expect((await upload(world, endlessOf("hello"))).content.size).toBe(5);
  });

  it("is refused when the plan has no room for it, and not under a plan that only counts", async () => {
    const world = await limited({ storedBytes: 10 });
    world.counters.used.set(ACME.id, { requests: 0, deliveredBytes: 0, storedBytes: 6 });
    await expect(upload(world, "hello")).rejects.toMatchObject({
      code: "PLAN_LIMIT",
      limit: { name: "stored_bytes", allowed: 10 },
    });
    expect((await upload(world, "four")).content.size).toBe(4);
    await world.accounts.change(ACME.id, { own: {}, plan: "pro" });
    world.counters.used.set(ACME.id, { requests: 0, deliveredBytes: 0, storedBytes: 2e12 });
    expect((await upload(world, "hello")).content.size).toBe(5);
  });

  it("is refused as soon as the plan has no room for more, where nobody said how long it is", async () => {
    const wishes = [() => endlessOf("hello"), () => formOf(form([["file", new Blob(["hello"]), "a"]]))];
    for (const make of wishes) {
      const world = await limited({ storedBytes: 10 });
      world.counters.used.set(ACME.id, { requests: 0, deliveredBytes: 0, storedBytes: 6 });
      await expect(upload(world, make())).rejects.toMatchObject({
        code: "PLAN_LIMIT",
        limit: { name: "stored_bytes", allowed: 10 },
      });
      expect(await leftOf(world)).toEqual(NOTHING);
      expect((await upload(world, endlessOf("four"))).content.size).toBe(4);
    }
  });
});
