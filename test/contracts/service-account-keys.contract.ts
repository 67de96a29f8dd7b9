import { describe, expect, test } from "vitest";
import type { ServiceAccountKeys } from "../../src/ports/service-account-keys.ts";

/** What Google would publish: keys of an account, or that it cannot be reached. Nothing is said of other accounts. */
export type PublishedKeysUnderTest = {
  readonly keys: ServiceAccountKeys;
  publish(email: string, keys: readonly JsonWebKey[] | "unreachable"): void;
};

const EMAIL = "files@project.iam.gserviceaccount.com";

/** A public key and a signature of its private half over `text`. */
export async function signedBy(text: string): Promise<{ jwk: JsonWebKey; signature: ArrayBuffer }> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const size = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = (await crypto.subtle.generateKey({ ...algorithm, ...size }, true, ["sign", "verify"])) as CryptoKeyPair;
  const jwk = (await crypto.subtle.exportKey("jwk", pair.publicKey)) as JsonWebKey;
  const signature = await crypto.subtle.sign(algorithm.name, pair.privateKey, new TextEncoder().encode(text));
  return { jwk, signature };
}

export function serviceAccountKeysContract(name: string, make: () => PublishedKeysUnderTest): void {
  describe(`ServiceAccountKeys: ${name}`, () => {
    test("the keys of an account check what it signed", async () => {
      const { keys, publish } = make();
      const { jwk, signature } = await signedBy("text");
      publish(EMAIL, [jwk]);
      const [found] = (await keys.find(EMAIL)) ?? [];
      if (!found) throw new Error("no key was found");
      const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
      const key = await crypto.subtle.importKey("jwk", found, algorithm, false, ["verify"]);
      const text = new TextEncoder().encode("text");
      expect(await crypto.subtle.verify(algorithm.name, key, signature, text)).toBe(true);
    });

    test("all keys of an account come, in their order, and the same objects again", async () => {
      const { keys, publish } = make();
      const [one, two] = [
        { kty: "RSA", n: "AQ", e: "AQAB" },
        { kty: "RSA", n: "Ag", e: "AQAB" },
      ];
      publish(EMAIL, [one, two]);
      const found = await keys.find(EMAIL);
      expect(found).toEqual([one, two]);
      expect((await keys.find(EMAIL))?.[0]).toBe(found?.[0]);
    });

    test("an account that nobody has is null, and one without keys is not", async () => {
      const { keys, publish } = make();
      publish(EMAIL, []);
      expect(await keys.find(EMAIL)).toEqual([]);
      expect(await keys.find("nobody@project.iam.gserviceaccount.com")).toBeNull();
    });

    test.each([
      "a/../files@project.iam.gserviceaccount.com",
      "..",
      "",
      "files@project.iam.gserviceaccount.com?x=1",
      "files@project.iam.gserviceaccount.com#x",
      "files%40project.iam.gserviceaccount.com",
    ])("%s is not taken for another account", async (email) => {
      const { keys, publish } = make();
      publish(EMAIL, [{ kty: "RSA", n: "AQ", e: "AQAB" }]);
      expect(await keys.find(email)).toBeNull();
    });

    test("rejects when Google cannot be reached and nothing is remembered", async () => {
      const { keys, publish } = make();
      publish(EMAIL, "unreachable");
      await expect(keys.find(EMAIL)).rejects.toThrow();
    });
  });
}
