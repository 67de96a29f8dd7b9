import { expect, it } from "vitest";
import type { Stack } from "../../../src/dev/stack.ts";
import { newLinkKey, signed, signedByUs } from "../front-door/signed-links/signer.ts";
import { preload, untilReady } from "../stack/entries.ts";
import { presign, publish } from "../stack/objects.ts";
import type { Heard } from "./heard.ts";
import { materials, recognisable } from "./recognisable.ts";

/** Secrets that a tenant gives us, or that we make for it. */
export function driveSettings(stack: () => Stack, { hear, manage }: Heard): void {
  it("verification keys: one, many, in the place of another, wrong ones, listed, deleted", async () => {
    const [first] = materials();
    expect((await manage("/verification-keys", first)).status).toBe(201);
    const { status, body } = await manage("/verification-keys", { keys: materials() });
    expect(status).toBe(201);
    const ids = (JSON.parse(body).verification_keys as { id: string }[]).map(({ id }) => id);
    for (const [position, material] of materials().entries()) {
      expect((await manage(`/verification-keys/${ids[position]}/rotate`, material)).status).toBe(201);
      expect((await manage("/verification-keys", { ...material, surprise: recognisable("surprise") })).status).toBe(
        400,
      );
      const spoiled = Object.entries(material).map(([name, value]) => [name, name === "kind" ? value : `${value} ü`]);
      expect((await manage("/verification-keys", Object.fromEntries(spoiled))).status).toBe(400);
      expect((await manage("/verification-keys", { ...material, kind: recognisable("kind") })).status).toBe(400);
    }
    await manage("/verification-keys", { kind: "cloudfront", key_pair_id: "K2", public_key: recognisable("pem") });
    await manage("/verification-keys");
    await manage(`/verification-keys/${ids[0]}`, undefined, { method: "DELETE" });
  });

  it("link keys and signed links, good ones and others", async () => {
    const key = await newLinkKey(stack());
    const url = await publish(stack(), "visible-signed.txt", "signed");
    await preload(stack(), { url, hash: "visible signed" });
    await untilReady(stack(), "visible signed");
    const links = [
      await signed(stack(), key, { url }),
      await signed(stack(), key, { url, hash: "visible signed", ip: "203.0.113.7" }),
      `${await signed(stack(), key, { scope: "visible*" })}&hash=visible%20signed`,
      await signedByUs(stack(), { hash: "visible signed" }),
    ];
    for (const link of links) {
      const good = await hear(link, { headers: { "CF-Connecting-IP": "203.0.113.7" } });
      expect(good.status).toBe(302);
      if (good.location !== url) await hear(good.location);
      for (const bad of [
        link.replace(/&exp=\d+/, "&exp=1"),
        link.replace(/&kid=[^&]*/, "&kid=nobodys1"),
        link.replace(/&sig=[^&]*/, `&sig=${recognisable("sig")}`),
        link.replace(/&exp=[^&]*/, ""),
        `${link}&surprise=1`,
        `${link}&sig=${recognisable("sig")}`,
      ]) {
        expect((await hear(bad)).status).toBeGreaterThanOrEqual(400);
      }
    }
    await manage("/link-keys");
    await hear(
      `${stack().api}/proxy?url=${await presign(stack(), "hello.txt")}&exp=1&kid=a&sig=${recognisable("sig")}`,
    );
  });
}
