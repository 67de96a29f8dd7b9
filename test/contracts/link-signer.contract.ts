import { describe, expect, test } from "vitest";
import { type EntryKey, keyText } from "../../src/core/entry-key.ts";
import type { Link } from "../../src/core/link.ts";
import type { LinkSigner } from "../../src/ports/link-signer.ts";
import { HOUR } from "../core/samples.ts";
import { newKey } from "./keys.ts";

/** `follow` says which copy a client gets that sends this method to that address; `null`: none. */
export type SignerUnderTest = {
  readonly signer: LinkSigner;
  follow(address: string, method: "GET" | "HEAD"): Promise<CopyName | null>;
};
export type CopyName = { readonly entry: string; readonly generation: string };

export function linkTo(key: EntryKey, changes: Partial<Link> = {}): Link {
  const expiresAt = Date.now() + HOUR;
  const originUrl = "https://bucket.s3.amazonaws.com/a?X-Amz-x=1";
  return {
    key,
    generation: "g-1",
    expiresAt,
    originUrl,
    ...{ presentation: null, network: null, epoch: 0, sha256: null, size: null, rule: null },
    ...changes,
  };
}

/** `make` gives a signer over a store where every copy of `links` is. */
export function linkSignerContract(name: string, make: (links: readonly Link[]) => Promise<SignerUnderTest>): void {
  describe(`LinkSigner: ${name}`, () => {
    test.each(["GET", "HEAD"] as const)("a link for %s leads to the copy that it names", async (method) => {
      const key = newKey();
      const links = [linkTo(key), linkTo(key, { generation: "g-2" }), linkTo(newKey(), { originUrl: null })];
      const { signer, follow } = await make(links);
      for (const link of links) {
        const address = await signer.sign(link, "a%20b;v=1.mp4", method);
        expect(await follow(address, method)).toEqual({ entry: keyText(link.key), generation: link.generation });
      }
    });

    test("a link that lives for less than a second is still one", async () => {
      const link = linkTo(newKey(), { expiresAt: Date.now() + 600 });
      const { signer, follow } = await make([link]);
      expect(await follow(await signer.sign(link, "file", "GET"), "GET")).not.toBeNull();
    });

    test("a link that was prepared leads to its copy, whenever it is signed", async () => {
      const link = linkTo(newKey());
      const { signer, follow } = await make([link]);
      for (const method of ["GET", "HEAD"] as const) {
        const prepared = signer.prepare?.(link, "file", method) ?? null;
        if (prepared === null) return;
        const [now, before] = [prepared(Date.now()), prepared(Date.now() - 5_000)];
        expect(now).not.toBe(before);
        for (const address of [now, before]) {
          expect(await follow(address, method)).toEqual({ entry: keyText(link.key), generation: link.generation });
        }
      }
    });

    test("shows the origin's URL to nobody", async () => {
      const link = linkTo(newKey());
      const { signer } = await make([link]);
      expect(await signer.sign(link, "file", "GET")).not.toMatch(/amazonaws|X-Amz-x/);
    });
  });
}
