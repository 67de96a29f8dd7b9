import { describe, expect, it } from "vitest";
import { changeAsset, publishAsset, removeAsset, rollbackAsset } from "../../../src/app/assets/assets.ts";
import { replaceContent } from "../../../src/app/assets/upload.ts";
import { ACME, reported } from "../world.ts";
import { type AssetWorld, withAsset } from "./asset-world.ts";
import { bodyOf } from "./bodies.ts";

/** A network that refuses so many calls; `asked` tells what it was asked for. */
function refusing(times: number) {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    async purgeTags(tags: readonly string[]) {
      asked.push(tags);
      if (asked.length <= times) throw new Error("too many purges");
    },
  };
}

const CHANGES: Record<string, (id: string, world: AssetWorld) => Promise<unknown>> = {
  publish: (id, world) => publishAsset(ACME.id, id, world),
  rename: (id, world) => changeAsset(ACME.id, id, { filename: "b" }, world),
  hide: (id, world) => changeAsset(ACME.id, id, { isPublic: false }, world),
  "another content": (id, world) => replaceContent(ACME.id, id, bodyOf("b"), world),
  rollback: (id, world) => rollbackAsset(ACME.id, id, { number: 1 }, world),
  delete: (id, world) => removeAsset(ACME.id, id, world),
};

describe("what a network keeps of an asset", () => {
  it.each(Object.keys(CHANGES))("goes after each change of it: %s", async (name) => {
    const { world, id } = await withAsset();
    await publishAsset(ACME.id, id, world);
    const before = world.cdn.calls.length;
    await CHANGES[name]?.(id, world);
    expect(world.cdn.calls.slice(before)).toEqual([[`asset:${id}`]]);
  });

  it("goes a little later when the network refused, behind the caller's back", async () => {
    const { world, id } = await withAsset();
    const cdn = refusing(2);
    await changeAsset(ACME.id, id, { isPublic: false }, { ...world, cdn });
    await world.settled();
    expect(cdn.asked).toEqual(new Array(3).fill([`asset:${id}`]));
    expect(world.pauses).toEqual([1_000, 5_000]);
    expect(reported(world)).toEqual(["cdn", "cdn"]);
  });

  it("is given up, and each refusal reported, once the background of a call is over", async () => {
    const { world, id } = await withAsset();
    const cdn = refusing(100);
    await removeAsset(ACME.id, id, { ...world, cdn });
    await world.settled();
    expect(cdn.asked).toHaveLength(4);
    expect(reported(world)).toEqual(new Array(4).fill("cdn"));
    expect(world.pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(30_000);
  });

  it("is nothing where no network keeps anything", async () => {
    const { world, id } = await withAsset();
    await changeAsset(ACME.id, id, { filename: "b" }, { ...world, cdn: null });
    expect([world.cdn.calls, world.pauses]).toEqual([[], []]);
  });
});
