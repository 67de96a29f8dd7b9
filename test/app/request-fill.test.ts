import { describe, expect, it } from "vitest";
import { type FillRequest, fillMessage, offerOf } from "../../src/app/fill-request.ts";
import { requestFill } from "../../src/app/request-fill.ts";
import { toBase64Url } from "../../src/core/crypto/base64url.ts";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { unseal } from "../../src/core/crypto/seal.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { type FillMessage, parseFillMessage } from "../../src/core/fills/fill-message.ts";
import { HOUR, NOON, SIGNING } from "../core/samples.ts";
import { failing, isClaimed, makeWorld, onlyMessage, sourceOf, traced, URL_A } from "./world.ts";

async function messageOf(wanted: FillRequest, ring = makeWorld().ring): Promise<FillMessage> {
  return fillMessage(wanted, await offerOf(wanted, ring), NOON);
}

async function request(changes: Partial<FillRequest> = {}): Promise<FillRequest> {
  const { key, publicKey, identity } = await sourceOf();
  const wanted = {
    key,
    publicKey,
    boundTo: identity,
    url: URL_A,
    urlEndsAt: NOON + HOUR,
    trusted: false,
    expiresAt: null,
    seen: "",
    tags: [],
  };
  return { ...wanted, requestId: "request-1", ...changes };
}

describe("asking for a fill", () => {
  it("queues one message under the fence of its claim", async () => {
    const world = makeWorld();
    const wanted = await request({ trusted: true, expiresAt: NOON + HOUR });
    await requestFill(wanted, world);
    const { sealedUrl, ...message } = onlyMessage(world);
    expect(message).toEqual({
      version: 4,
      tenant: "acme",
      entry: wanted.key.id,
      fence: world.gate.rows.get(keyText(wanted.key))?.fence,
      publicKey: wanted.publicKey,
      trusted: true,
      expiresAt: NOON + HOUR,
      boundTo: wanted.boundTo,
      requestId: "request-1",
      lane: 0,
      spent: 0,
      tags: [],
    });
    expect(await unseal(world.ring, "stored-url", sealedUrl, keyText(wanted.key))).toBe(URL_A);
  });

  it("queues nothing while somebody has the claim", async () => {
    const world = makeWorld();
    const wanted = await request();
    await requestFill(wanted, world);
    await requestFill(wanted, world);
    await Promise.all([requestFill(wanted, world), requestFill({ ...wanted, trusted: true }, world)]);
    expect(world.queue.messages).toHaveLength(1);
  });

  it("asks the gate before the queue", async () => {
    const world = makeWorld();
    const log: string[] = [];
    const parts = { ...world, gate: traced("gate", world.gate, log), queue: traced("queue", world.queue, log) };
    await requestFill(await request(), parts);
    expect(log).toEqual(["gate.claimMany", "queue.send"]);
  });

  it("gives the claim back when the queue refuses, and says so", async () => {
    const world = makeWorld();
    const wanted = await request();
    const refused = requestFill(wanted, { ...world, queue: failing(world.queue) });
    await expect(refused).rejects.toThrow("this part is down");
    expect(isClaimed(world, wanted.key)).toBe(false);
    await requestFill(wanted, world);
    expect(world.queue.messages).toHaveLength(1);
  });

  it("queues nothing when the gate cannot be asked", async () => {
    const world = makeWorld();
    await expect(requestFill(await request(), { ...world, gate: failing(world.gate) })).rejects.toThrow();
    expect(world.queue.messages).toEqual([]);
  });
});

describe("the message of a fill", () => {
  it("is one that the consumer understands, also after its way as JSON", async () => {
    const message = await messageOf(await request());
    expect(parseFillMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it("holds neither the URL nor its signature in clear", async () => {
    const text = JSON.stringify(await messageOf(await request()));
    for (const secret of [URL_A, SIGNING.signature, SIGNING.accessKey, "amazonaws", "X-Amz"]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(btoa(secret).replace(/=+$/, ""));
    }
  });

  it("opens for its own entry, under its own ring, and nowhere else", async () => {
    const { ring } = makeWorld();
    const { sealedUrl, tenant, entry } = await messageOf(await request(), ring);
    const other = (await sourceOf(URL_A, "movie")).key;
    const strange = parseKeyRing(`1:${toBase64Url(new Uint8Array(32).fill(2))}`);
    expect(await unseal(ring, "stored-url", sealedUrl, `${tenant}/${entry}`)).toBe(URL_A);
    expect(await unseal(ring, "stored-url", sealedUrl, keyText(other))).toBeNull();
    expect(await unseal(ring, "stored-url", sealedUrl, `other/${entry}`)).toBeNull();
    expect(await unseal(ring, "link", sealedUrl, `${tenant}/${entry}`)).toBeNull();
    expect(strange && (await unseal(strange, "stored-url", sealedUrl, `${tenant}/${entry}`))).toBeNull();
  });
});
