import { describe, expect, it } from "vitest";
import { NOON } from "../core/samples.ts";
import { type Asked, ask, DATE, HEADERS, SHORT_LIVED, storedWorld } from "./stored-copy.ts";
import { traced } from "./world.ts";

describe("a link that shows the copy otherwise", () => {
  const presentation = {
    contentType: "text/csv",
    contentDisposition: 'attachment; filename="a.csv"',
    contentLanguage: null,
  };
  const SHOWN = { ...HEADERS, contentType: "text/csv", contentDisposition: presentation.contentDisposition };

  it.each<[string, Asked, number]>([
    ["whole", {}, 200],
    ["in part", { headers: { Range: "bytes=2-4" } }, 206],
    ["by its head", { method: "HEAD" }, 200],
    ["by news of it", { headers: { "If-None-Match": '"v1"' } }, 304],
    ["by a part that it has not", { headers: { Range: "bytes=10-" } }, 416],
  ])("does so %s, and leaves what is stored as it is", async (_, asked, status) => {
    const { world, link } = await storedWorld();
    const shown = await ask(world, { ...link, presentation }, asked);
    expect(shown).toMatchObject({ plan: { status, representation: { size: 10, headers: SHOWN } } });
    const plain = await ask(world, link, asked);
    expect(plain).toMatchObject({ plan: { status, representation: { headers: HEADERS } } });
    expect(world.store.objects.get(`acme/${link.key.id}/generation-1`)?.headers).toEqual(HEADERS);
  });

  it("is judged by the validators of what is stored", async () => {
    const { world, link } = await storedWorld();
    const shown = { ...link, presentation };
    expect(await ask(world, shown, { headers: { "If-Match": '"v0"' } })).toMatchObject({ plan: { status: 412 } });
    expect(await ask(world, shown, { headers: { "If-Modified-Since": DATE } })).toMatchObject({
      plan: { status: 304 },
    });
  });
});

describe("a link for one network", () => {
  const network = "192.0.2.0/24";

  it.each<[string, string]>([
    ["from an address in it", "192.0.2.7"],
    ["from that address in another spelling", "::ffff:192.0.2.7"],
  ])("serves %s", async (_, address) => {
    const { world, link } = await storedWorld();
    expect(await ask(world, { ...link, network }, { address })).toMatchObject({ plan: { status: 200 } });
  });

  it.each<[string, string | null]>([
    ["from outside", "198.51.100.1"],
    ["from an address that is not known", null],
    ["from an address that cannot be read", "unknown"],
  ])("is refused %s, and the store is not asked", async (_, address) => {
    const { world, link } = await storedWorld();
    const log: string[] = [];
    const parts = { ...world, store: traced("store", world.store, log) };
    const refused = { code: "LINK_ADDRESS_REFUSED" };
    await expect(ask(parts, { ...link, network }, { address })).rejects.toMatchObject(refused);
    await expect(ask(parts, { ...link, network, generation: "gone" }, { address })).rejects.toMatchObject(refused);
    expect(log).toEqual([]);
  });

  it("tells nobody outside of it where the origin is, also once it has ended", async () => {
    const { world, link } = await storedWorld();
    const ended = { ...link, network, expiresAt: NOON, originUrl: SHORT_LIVED };
    await expect(ask(world, ended, { address: "198.51.100.1" })).rejects.toMatchObject({
      code: "LINK_ADDRESS_REFUSED",
    });
    expect(await ask(world, ended)).toEqual({ location: SHORT_LIVED, cors: null });
  });

  it("serves everybody without one, also from an address that is not known", async () => {
    const { world, link } = await storedWorld();
    expect(await ask(world, link, { address: null })).toMatchObject({ plan: { status: 200 } });
  });
});
