import { describe, expect, it } from "vitest";
import { acceptManifest, acceptManifestUrl } from "../../src/app/accept-manifest.ts";
import { CHUNK_LINES, CHUNKS_PER_SECOND, MAX_MANIFEST_LINES } from "../../src/core/preload/manifest-limits.ts";
import { SIGNING } from "../core/samples.ts";
import { chunksIn, manifestOf, named, piecesOf, summaryOf } from "./manifests.ts";
import { ACME, failing, makeWorld, sourceOf, URL_A, type World } from "./world.ts";

const accept = (world: World, text: string, size?: number) =>
  acceptManifest(ACME.id, piecesOf(text, size), "request-1", world);

describe("a manifest in a body", () => {
  it("is cut into chunks, counted, and handed on", async () => {
    const world = makeWorld();
    const batch = await accept(world, manifestOf(2 * CHUNK_LINES + 1));
    expect(await summaryOf(world, batch)).toMatchObject({ lines: 2 * CHUNK_LINES + 1, expanded: false, failure: null });
    expect(chunksIn(world)).toEqual([0, 1, 2].map((chunk) => `manifests/acme/${batch}/1/${chunk}`));
    const common = { version: 1, kind: "manifest-chunk", tenant: "acme", batch, run: 1, requestId: "request-1" };
    expect(world.manifests.take()).toEqual([0, 1, 2].map((chunk) => ({ ...common, chunk })));
  });

  it("rests sealed, each chunk for its own place", async () => {
    const world = makeWorld();
    await accept(world, manifestOf(CHUNK_LINES + 1));
    const texts = [...world.store.objects.values()].map(({ bytes }) => new TextDecoder().decode(bytes));
    expect(texts).toHaveLength(2);
    for (const text of [...texts, ...texts.map(decoded), JSON.stringify(world.manifests.waiting)]) {
      for (const secret of [SIGNING.signature, SIGNING.accessKey, "amazonaws"]) expect(text).not.toContain(secret);
    }
  });

  it("of the most lines is handed on slowly enough for the queue", async () => {
    const world = makeWorld();
    const line = `${JSON.stringify({ url: URL_A })}\n`;
    const batch = await accept(world, line.repeat(MAX_MANIFEST_LINES), 2 ** 20);
    expect(await summaryOf(world, batch)).toMatchObject({ lines: MAX_MANIFEST_LINES });
    const seconds = world.manifests.waiting.map(({ delaySeconds }) => delaySeconds);
    expect(seconds).toHaveLength(MAX_MANIFEST_LINES / CHUNK_LINES);
    const inSecond = (second: number) => seconds.filter((each) => each === second).length;
    for (const second of new Set(seconds)) expect(inSecond(second)).toBeLessThanOrEqual(CHUNKS_PER_SECOND);
    expect(Math.max(...seconds)).toBe(MAX_MANIFEST_LINES / CHUNK_LINES / CHUNKS_PER_SECOND - 1);
  });

  it.each<[string, () => string, string, RegExp]>([
    ["without a byte", () => "", "INVALID_FIELD", /no lines/],
    ["of blank lines", () => "\n \r\n\n", "INVALID_FIELD", /no lines/],
    ["of too many lines", () => "{}\n".repeat(MAX_MANIFEST_LINES + 1), "BODY_TOO_LARGE", /100000 lines/],
    ["of too many bytes", () => `${" ".repeat(1_000_000)}\n`.repeat(96), "BODY_TOO_LARGE", /95000000 bytes/],
  ])("%s is refused as a whole, and nothing of it is left", async (_, text, code, message) => {
    const world = makeWorld();
    await expect(accept(world, text(), 2 ** 20)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(chunksIn(world)).toEqual([]);
    expect(world.manifests.waiting).toEqual([]);
    expect([...world.batches.rows.values()]).toMatchObject([{ failure: { code: "INCOMPLETE" } }]);
  });

  it("that breaks off queues nothing and leaves nothing", async () => {
    const world = makeWorld();
    async function* broken() {
      yield* piecesOf(manifestOf(CHUNK_LINES + 1));
      throw new Error("the client has left");
    }
    await expect(acceptManifest(ACME.id, broken(), "r", world)).rejects.toThrow("the client has left");
    expect(chunksIn(world)).toEqual([]);
    expect(world.manifests.waiting).toEqual([]);
  });

  it.each(["store", "batches", "manifests"] as const)("rejects while a part is down: the %s", async (what) => {
    const world = makeWorld();
    const parts = { ...world, [what]: failing(world[what]) };
    await expect(acceptManifest(ACME.id, piecesOf(manifestOf(3)), "r", parts)).rejects.toThrow("this part is down");
    expect(world.manifests.waiting).toEqual([]);
  });
});

describe("a manifest at a URL", () => {
  it("is handed on as its sealed URL, and is not asked for", async () => {
    const world = makeWorld();
    const batch = await acceptManifestUrl(ACME.id, await sourceOf(URL_A), "request-1", world);
    expect(world.manifests.take()).toEqual([
      { version: 1, kind: "manifest", tenant: "acme", batch, sealedUrl: expect.any(String), requestId: "request-1" },
    ]);
    expect(await world.batches.standing(named(batch))).toEqual({ split: null, failed: false });
    expect(world.origin.calls).toEqual([]);
  });

  it("lets no signature into the queue", async () => {
    const world = makeWorld();
    await acceptManifestUrl(ACME.id, await sourceOf(URL_A), "request-1", world);
    const [message] = world.manifests.take();
    if (message?.kind !== "manifest") throw new Error("it was not sent");
    for (const text of [message.sealedUrl, decoded(message.sealedUrl)]) expect(text).not.toContain(SIGNING.signature);
  });

  it("that could not be queued has failed", async () => {
    const world = makeWorld();
    const parts = { ...world, manifests: failing(world.manifests) };
    await expect(acceptManifestUrl(ACME.id, await sourceOf(URL_A), "r", parts)).rejects.toThrow("this part is down");
    expect([...world.batches.rows.values()]).toMatchObject([{ failure: { code: "INCOMPLETE" } }]);
  });
});

function decoded(text: string): string {
  return Buffer.from(text, "base64url").toString("latin1");
}
