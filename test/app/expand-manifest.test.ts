import { describe, expect, it } from "vitest";
import { acceptManifestUrl } from "../../src/app/accept-manifest.ts";
import { expandManifest } from "../../src/app/expand-manifest.ts";
import { giveUpManifest } from "../../src/app/give-up-manifest.ts";
import { CHUNK_LINES, MAX_MANIFEST_LINES } from "../../src/core/preload/manifest-limits.ts";
import type { ManifestMessage } from "../../src/core/preload/manifest-message.ts";
import { HOUR, NOON, presigned } from "../core/samples.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { chunksIn, deliver, expandAll, manifestOf, named, summaryOf } from "./manifests.ts";
import { ACME, failing, makeWorld, sourceOf, utf8, type World } from "./world.ts";

const MANIFEST = presigned("https://bucket.s3.amazonaws.com/manifest.ndjson");
const OTHER = "https://bucket.s3.amazonaws.com/elsewhere.ndjson";

/** A world in which a manifest at a URL was asked for. */
async function asked(script: OriginScript | null): Promise<{ world: World; batch: string; message: ManifestMessage }> {
  const world = makeWorld();
  if (script) world.origin.answers.set(MANIFEST, script);
  const batch = await acceptManifestUrl(ACME.id, await sourceOf(MANIFEST), "request-1", world);
  const [message] = world.manifests.take();
  if (!message) throw new Error("nothing was sent");
  return { world, batch, message };
}

const served = (text: string, changes: Partial<OriginScript> = {}): OriginScript => ({
  status: 200,
  body: utf8(text),
  ...changes,
});

describe("a manifest at a URL", () => {
  it("is fetched once, and its lines are queued", async () => {
    const { world, batch, message } = await asked(served(manifestOf(CHUNK_LINES + 1)));
    expect(await deliver(world, message)).toEqual([{ done: true }]);
    expect(await summaryOf(world, batch)).toMatchObject({ lines: CHUNK_LINES + 1, expanded: false });
    await expandAll(world);
    expect(await summaryOf(world, batch)).toMatchObject({ expanded: true, entries: { filling: CHUNK_LINES + 1 } });
    expect(world.origin.calls).toEqual([{ what: "open", url: MANIFEST, fields: {} }]);
    expect(chunksIn(world)).toEqual([]);
  });

  it("without a length is read to its end", async () => {
    const { world, batch, message } = await asked(served(manifestOf(3), { headers: { "content-length": null } }));
    await deliver(world, message);
    expect(await summaryOf(world, batch)).toMatchObject({ lines: 3 });
  });

  it("is followed where the allow-list has it", async () => {
    const { world, batch, message } = await asked({ status: 302, headers: { location: "/elsewhere.ndjson" } });
    world.origin.answers.set(OTHER, served(manifestOf(3)));
    await deliver(world, message);
    expect(await summaryOf(world, batch)).toMatchObject({ lines: 3, failure: null });
  });

  it.each<[string, OriginScript, string]>([
    ["refuses it", { status: 403 }, "ORIGIN_REFUSED"],
    ["does not have it", { status: 404 }, "ORIGIN_NOT_FOUND"],
    [
      "leads off the allow-list",
      { status: 302, headers: { location: "https://evil.example.com/" } },
      "REDIRECT_NOT_ALLOWED",
    ],
    ["leads round and round", { status: 302, headers: { location: MANIFEST } }, "REDIRECT_REFUSED"],
    ["has it without a line", served("\n\n"), "MANIFEST_EMPTY"],
    ["has it in gzip", served("x", { headers: { "content-encoding": "gzip" } }), "MANIFEST_ENCODED"],
    ["says that it is too large", served("x", { headers: { "content-length": "95000001" } }), "MANIFEST_TOO_LARGE"],
    ["has too many lines", served("{}\n".repeat(MAX_MANIFEST_LINES + 1)), "MANIFEST_TOO_LARGE"],
  ])("fails at once when the origin %s", async (_, script, code) => {
    const { world, batch, message } = await asked(script);
    expect(await deliver(world, message)).toEqual([{ done: true }]);
    const { failure, expanded } = await summaryOf(world, batch);
    expect({ code: failure?.code, expanded }).toEqual({ code, expanded: false });
    expect(failure?.message).not.toContain("://bucket");
    expect(chunksIn(world)).toEqual([]);
    expect(world.manifests.waiting).toEqual([]);
  });

  it.each<[string, OriginScript, string]>([
    ["is busy", { status: 503 }, "ORIGIN_BUSY"],
    ["has an error", { status: 500 }, "ORIGIN_ERROR"],
    ["loses the connection in its middle", served(manifestOf(2000), { cutAfter: 200_000 }), "INTERRUPTED"],
    ["cannot be reached", { status: 0, error: new Error("no route") }, "INTERRUPTED"],
  ])("is tried as often as the queue does, and then fails, when the origin %s", async (_, script, code) => {
    const { world, batch, message } = await asked(script);
    const seen = await deliver(world, message);
    expect(seen).toHaveLength(world.maxAttempts);
    expect(seen.at(-1)).toEqual({ done: true });
    expect(seen.slice(0, -1).every((outcome) => "retryInSeconds" in outcome)).toBe(true);
    expect((await summaryOf(world, batch)).failure?.code).toBe(code);
    expect(chunksIn(world)).toEqual([]);
  });

  it("is had in the second attempt as if the first had not been", async () => {
    const { world, batch, message } = await asked(served(manifestOf(2000), { cutAfter: 200_000 }));
    expect(await expandManifest(message, 1, world)).toMatchObject({ retryInSeconds: expect.any(Number) });
    world.origin.answers.set(MANIFEST, served(manifestOf(3)));
    expect(await expandManifest(message, 2, world)).toEqual({ done: true });
    await expandAll(world);
    expect(await summaryOf(world, batch)).toMatchObject({ lines: 3, expanded: true, failure: null });
  });

  it("that was read is not fetched again: its lines are handed on anew, and do nothing", async () => {
    const { world, batch, message } = await asked(served(manifestOf(3)));
    await expect(expandManifest(message, 1, { ...world, manifests: failing(world.manifests) })).rejects.toThrow();
    expect(await expandManifest(message, 2, world)).toEqual({ done: true });
    expect(world.origin.calls).toHaveLength(1);
    await expandAll(world);
    const before = await summaryOf(world, batch);
    await expandManifest(message, 3, world);
    await expandAll(world);
    expect(world.origin.calls).toHaveLength(1);
    expect(world.queue.messages).toHaveLength(3);
    expect(await summaryOf(world, batch)).toEqual(before);
  });

  it("that two deliveries read at once counts once, and the other's lines are dropped", async () => {
    const { world, batch, message } = await asked(served(manifestOf(3)));
    await Promise.all([expandManifest(message, 1, world), expandManifest(message, 2, world)]);
    const runs = new Set(
      world.manifests.waiting.map(({ message: each }) => each.kind === "manifest-chunk" && each.run),
    );
    expect(runs.size).toBe(1);
    await expandAll(world);
    expect(await summaryOf(world, batch)).toMatchObject({ lines: 3, expanded: true });
    expect(world.queue.messages).toHaveLength(3);
    expect(chunksIn(world)).toEqual([]);
  });

  it.each<[string, (world: World, batch: string) => unknown]>([
    ["whose batch has failed", (world, batch) => world.batches.fail(named(batch), { code: "X", message: "x" })],
    ["whose batch is forgotten", (world, batch) => world.batches.drop([named(batch)])],
    ["whose tenant is gone", ({ directory }) => directory.known.splice(0)],
  ])("%s is not asked for", async (_, change) => {
    const { world, batch, message } = await asked(served(manifestOf(3)));
    await change(world, batch);
    expect(await deliver(world, message)).toEqual([{ done: true }]);
    expect(world.origin.calls).toEqual([]);
  });

  it("whose origin was taken off the allow-list is not asked for", async () => {
    const { world, batch, message } = await asked(served(manifestOf(3)));
    world.directory.known.splice(0, 1, { tenant: { ...ACME, originRules: [] }, hosts: [] });
    await deliver(world, message);
    expect(world.origin.calls).toEqual([]);
    expect((await summaryOf(world, batch)).failure?.code).toBe("ORIGIN_NOT_ALLOWED");
  });

  it("opens only as the batch's own", async () => {
    const { world, batch, message } = await asked(served(manifestOf(3)));
    await world.batches.begin(named("another"), null, 0);
    await deliver(world, { ...message, batch: "another" });
    expect((await summaryOf(world, "another")).failure?.code).toBe("URL_UNREADABLE");
    expect((await summaryOf(world, batch)).failure).toBeNull();
  });

  it("that is given up says so", async () => {
    const { world, batch, message } = await asked(null);
    await giveUpManifest(message, "letter-1", world);
    expect((await summaryOf(world, batch)).failure).toMatchObject({ code: "GAVE_UP" });
    const told = { kind: "manifest", tenant: "acme", batch, attempts: 6, urlEndsAt: NOON + HOUR };
    expect(world.deadLetters.rows).toMatchObject([{ ...told, failure: { code: "GAVE_UP" } }]);
    expect(JSON.stringify(world.deadLetters.rows)).not.toContain("amazonaws");
  });

  it("that is given up when its batch is forgotten leaves nothing behind", async () => {
    const { world, batch, message } = await asked(null);
    await world.batches.drop([named(batch)]);
    await giveUpManifest(message, "letter-1", world);
    expect(world.deadLetters.rows).toEqual([]);
  });
});
