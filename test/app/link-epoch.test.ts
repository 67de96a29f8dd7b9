import { afterEach, describe, expect, it, vi } from "vitest";
import { linkEpoch, prepareLinkEpoch } from "../../src/app/link-epoch.ts";
import { revokeLinks } from "../../src/app/revoke-links.ts";
import type { Link } from "../../src/core/link.ts";
import { NOTHING_WITHDRAWN, type Withdrawals } from "../../src/core/withdrawals.ts";
import { ask as download, HIT, readyWorld } from "./asking.ts";
import { knowing, SPEECHLESS, withKnowledge } from "./knowing.ts";
import { BY } from "./purging.ts";
import { ask, askServed } from "./stored-copy.ts";
import { ACME, makeWorld, passingTime, useFakeTimers, type World } from "./world.ts";

const [SECOND, THIRD] = [2, 3].map((epoch): Withdrawals => ({ ...NOTHING_WITHDRAWN, epoch }));

afterEach(() => {
  vi.useRealTimers();
});

describe("the epoch of a link that is made now", () => {
  it("is what the isolate knows, and nobody is asked", async () => {
    const world = withKnowledge(makeWorld(), {
      known: () => THIRD ?? null,
      find: () => Promise.reject(new Error("nobody should ask")),
    });
    expect(await linkEpoch(ACME.id, world)).toBe(3);
    prepareLinkEpoch(ACME.id, world);
  });

  it("is asked for where the isolate does not know, whatever it heard last", async () => {
    const world = withKnowledge(makeWorld(), {
      lastKnown: () => SECOND ?? null,
      find: async () => THIRD as Withdrawals,
    });
    expect(await linkEpoch(ACME.id, world)).toBe(3);
  });

  it("is the tenant's own", async () => {
    const world = makeWorld();
    await world.withdrawals.revokeLinks(ACME.id);
    expect(await linkEpoch(ACME.id, world)).toBe(1);
    expect(await linkEpoch("globex" as typeof ACME.id, world)).toBe(0);
  });

  describe.each(SPEECHLESS)("while the log %s", (_, find) => {
    it("is the last that was heard of, within 50 ms: it can only end a link too early", async () => {
      const world = withKnowledge(makeWorld(), { find, lastKnown: () => SECOND ?? null });
      useFakeTimers();
      const { value, ms } = await passingTime(linkEpoch(ACME.id, world));
      expect(value).toBe(2);
      expect(ms).toBeLessThanOrEqual(50);
    });

    it("is nobody's to say where none was ever heard of", async () => {
      useFakeTimers();
      await expect(passingTime(linkEpoch(ACME.id, withKnowledge(makeWorld(), { find })))).rejects.toThrow();
    });

    it("may be prepared all the same, which rejects nowhere", async () => {
      const asked = vi.fn(find);
      prepareLinkEpoch(ACME.id, withKnowledge(makeWorld(), { find: asked }));
      expect(asked).toHaveBeenCalledExactlyOnceWith(ACME.id);
    });
  });
});

describe("a tenant that withdraws its links", () => {
  /** A world with a copy, and a way to get links to it. */
  async function linkWorld() {
    const world = await readyWorld();
    const sign = vi.spyOn(world.links.edge, "sign");
    const linkOf = async (isolate: World): Promise<Link> => {
      expect(await download(isolate)).toMatchObject({ cacheStatus: HIT });
      const [link] = sign.mock.lastCall ?? [];
      if (!link) throw new Error("no link was made");
      return link;
    };
    return { world, linkOf };
  }

  it("has those refused that were made before, and those served that are made afterwards", async () => {
    const { world, linkOf } = await linkWorld();
    const before = await linkOf(world);
    expect(await askServed(world, before)).toMatchObject({ plan: { status: 200 } });
    await revokeLinks(ACME.id, BY, world);
    await expect(ask(world, before)).rejects.toMatchObject({ code: "LINK_REVOKED" });
    const after = await linkOf(world);
    expect(await askServed(world, after)).toMatchObject({ plan: { status: 200 } });
    expect(after).toEqual({ ...before, epoch: before.epoch + 1 });
    await revokeLinks(ACME.id, BY, world);
    await expect(ask(world, after)).rejects.toMatchObject({ code: "LINK_REVOKED" });
  });

  it("may have a link refused that was made meanwhile by an isolate that had not heard, and never the other way", async () => {
    const { world, linkOf } = await linkWorld();
    const behind = withKnowledge(world, { known: () => NOTHING_WITHDRAWN });
    await revokeLinks(ACME.id, BY, world);
    const late = await linkOf(behind);
    expect(await askServed(behind, late)).toMatchObject({ plan: { status: 200 } });
    await expect(ask(knowing(world), late)).rejects.toMatchObject({ code: "LINK_REVOKED" });
    expect(await askServed(behind, await linkOf(world))).toMatchObject({ plan: { status: 200 } });
  });

  it("has the links refused that were made by the last epoch of which an isolate had heard", async () => {
    const { world, linkOf } = await linkWorld();
    const find = () => Promise.reject(new Error("the log is down"));
    const cut = withKnowledge(world, { find, lastKnown: () => NOTHING_WITHDRAWN });
    const before = await linkOf(cut);
    expect(await askServed(world, before)).toMatchObject({ plan: { status: 200 } });
    await revokeLinks(ACME.id, BY, world);
    for (const link of [before, await linkOf(cut)]) {
      await expect(ask(world, link)).rejects.toMatchObject({ code: "LINK_REVOKED" });
    }
  });
});
