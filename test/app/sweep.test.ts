import { describe, expect, it } from "vitest";
import { sweepExpired } from "../../src/app/sweep.ts";
import { entryKeyOf } from "../../src/core/entry-key.ts";
import { copyOf, noteOf } from "../contracts/notes.ts";
import { MINUTE, NOON, SECOND } from "../core/samples.ts";
import { ACME, failing, makeReady, makeWorld, reported, sourceOf, tracesOf, URL_B, wrapped } from "./world.ts";

/** Two entries with a wish, the first for a minute from now, and one without. */
async function worldOfThree() {
  const world = makeWorld();
  const [soon, later, never] = [await sourceOf(), await sourceOf(URL_B), await sourceOf(URL_B, "kept")];
  await makeReady(world, soon, { expiresAt: NOON + MINUTE });
  await makeReady(world, later, { expiresAt: NOON + MINUTE + SECOND });
  await makeReady(world, never);
  return { world, soon: soon.key, later: later.key, never: never.key };
}

describe("the sweep", () => {
  it("removes what is due by now, and nothing else", async () => {
    const { world, soon, later, never } = await worldOfThree();
    world.clock.set(NOON + MINUTE - 1);
    expect(await sweepExpired(world)).toBe(0);
    expect(tracesOf(world, soon)).toHaveLength(3);
    world.clock.set(NOON + MINUTE);
    expect(await sweepExpired(world)).toBe(1);
    expect(tracesOf(world, soon)).toEqual([]);
    expect(tracesOf(world, later)).toHaveLength(3);
    expect(tracesOf(world, never)).toHaveLength(3);
  });

  it("finds nothing to do a second time", async () => {
    const { world } = await worldOfThree();
    world.clock.advance(2 * MINUTE);
    expect(await sweepExpired(world)).toBe(2);
    expect(await sweepExpired(world)).toBe(0);
  });

  it("leaves the tenant's wish standing, so that nobody's download brings the copy back", async () => {
    const { world, soon } = await worldOfThree();
    world.clock.set(NOON + MINUTE);
    await sweepExpired(world);
    expect(await world.ledger.find(soon)).toMatchObject({ state: "purged", expiresAt: NOON + MINUTE });
  });

  it("goes on when one cannot be removed, reports it, and removes it the next time", async () => {
    const { world, soon, later } = await worldOfThree();
    world.clock.advance(2 * MINUTE);
    let calls = 0;
    const store = wrapped(world.store, async (method, call) => {
      if (method === "delete" && ++calls === 1) throw new Error("no");
      return await call();
    });
    expect(await sweepExpired({ ...world, store })).toBe(2);
    expect(reported(world)).toEqual(["sweep"]);
    expect(tracesOf(world, soon)).toHaveLength(3);
    expect(tracesOf(world, later)).toEqual([]);
    expect(await sweepExpired(world)).toBe(1);
    expect(tracesOf(world, soon)).toEqual([]);
  });

  it("ends with every failure told when nothing can be removed", async () => {
    const { world } = await worldOfThree();
    world.clock.advance(2 * MINUTE);
    expect(await sweepExpired({ ...world, gate: failing(world.gate) })).toBe(2);
    expect(reported(world)).toEqual(["sweep", "sweep"]);
  });

  it("fails when the ledger cannot say what is due", async () => {
    const { world } = await worldOfThree();
    await expect(sweepExpired({ ...world, ledger: failing(world.ledger, "expired") })).rejects.toThrow();
  });

  it("takes so many at a time, those first that are due the longest", async () => {
    const world = makeWorld();
    for (let number = 0; number < 501; number += 1) {
      const key = entryKeyOf(ACME.id, String(number).padStart(43, "0"));
      await world.ledger.noteFills([noteOf(key, { expiresAt: NOON + MINUTE - number })], NOON);
      await world.ledger.publish(key, 1, copyOf("g1"), NOON);
    }
    world.clock.advance(2 * MINUTE);
    expect(await sweepExpired(world)).toBe(500);
    const left = [...world.ledger.rows.values()].filter(({ state }) => state === "ready");
    expect(left).toMatchObject([{ expiresAt: NOON + MINUTE }]);
    expect(await sweepExpired(world)).toBe(1);
  });
});
