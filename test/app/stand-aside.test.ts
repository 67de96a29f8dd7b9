import { describe, expect, it } from "vitest";
import { type Download, sendDownload } from "../../src/app/send-download.ts";
import type { Aside } from "../../src/core/plans/standing.ts";
import { NOON, presigned } from "../core/samples.ts";
import { fakeTenants } from "../fakes/directory.ts";
import { ACME, failing, makeWorld } from "./world.ts";

const URL_OF_ONE = presigned("https://bucket.s3.amazonaws.com/a.mp4");
const ASIDES: [Aside, string][] = [
  [{ over: "suspended", allowed: null, until: null }, "suspended"],
  [{ over: "requests", allowed: null, until: NOON + 1 }, "over-requests"],
  [{ over: "deliveredBytes", allowed: null, until: NOON + 1 }, "over-delivered-bytes"],
  [{ over: "storedBytes", allowed: null, until: null }, "over-stored-bytes"],
];

/** The world of a tenant that stands aside, in which nobody can be asked for a copy. */
function asideWorld(standing: Aside) {
  const world = makeWorld();
  const directory = fakeTenants([{ tenant: { ...ACME, standing }, hosts: ["cdn.acme.example"] }]);
  const silent = { index: failing(world.index), ledger: failing(world.ledger), gate: failing(world.gate) };
  return { ...world, ...silent, directory, defaultSite: ACME.site, local: false };
}

const download = (query: Partial<Download["query"]>): Download => ({
  query: { url: null, hash: null, site: null, signature: null, ...query },
  ...{ method: "GET", host: "edge.example.com", address: null, requestId: "request-1", field: () => null },
});

describe("a download of a tenant that stands aside", () => {
  it.each(ASIDES)("%j goes to its origin, and nobody is asked or told of it", async (aside, detail) => {
    const world = asideWorld(aside);
    const { redirect } = await sendDownload(download({ url: URL_OF_ONE }), world);
    const { location, cacheStatus, event } = redirect;
    expect({ location, cacheStatus }).toEqual({
      location: URL_OF_ONE,
      cacheStatus: `snapbyte; fwd=bypass; detail=${detail}`,
    });
    const reason = aside.over === "suspended" ? "suspended" : "over_limit";
    expect(event).toMatchObject({ kind: "bypass", key: { tenant: ACME.id }, reason });
    expect(world.usage.events).toEqual([event]);
    await world.settled();
    expect(world.reports).toEqual([]);
    expect(world.queue.messages).toEqual([]);
  });

  it("goes there under a key of its own, and from another's host, too", async () => {
    const world = asideWorld({ over: "suspended", allowed: null, until: null });
    for (const query of [{ hash: "movie" }, { site: ACME.site }]) {
      const { redirect } = await sendDownload(download({ url: URL_OF_ONE, ...query }), world);
      expect(redirect.location).toBe(URL_OF_ONE);
    }
  });

  it("goes to no origin that is not allowed", async () => {
    const world = asideWorld({ over: "suspended", allowed: null, until: null });
    const sent = sendDownload(download({ url: "https://evil.example/a" }), world);
    await expect(sent).rejects.toMatchObject({ code: "ORIGIN_NOT_ALLOWED" });
  });

  it.each([
    [{ over: "suspended", allowed: null, until: null }, "TENANT_SUSPENDED"],
    [{ over: "requests", allowed: null, until: NOON + 1 }, "PLAN_LIMIT"],
  ] as const)("%j that names only a key has nowhere to go: %s", async (aside, code) => {
    const sent = sendDownload(download({ hash: "movie" }), asideWorld(aside));
    await expect(sent).rejects.toMatchObject({ code });
  });
});
