import { expect, test } from "vitest";
import { parseKeyRing } from "../../../src/core/crypto/key-ring.ts";
import { seal, unseal } from "../../../src/core/crypto/seal.ts";

const ring = parseKeyRing(`7:${"A".repeat(43)}`);
if (!ring) throw new Error("the key ring of this test is not valid");

test("texts that are sealed side by side in workerd are each sealed as though they were alone, and open", async () => {
  const texts = Array.from({ length: 50 }, (_, at) => `${at} ${"é".repeat(at % 5 === 0 ? 9_000 : 10 * at)}`);
  const sealed = await Promise.all(texts.map((text, at) => seal(ring, "link", text, `place ${at}`)));
  for (const [at, text] of texts.entries()) {
    expect(await seal(ring, "link", text, `place ${at}`)).toBe(sealed[at]);
    expect(await unseal(ring, "link", sealed[at] ?? "", `place ${at}`)).toBe(text);
  }
});

test("a text that Node sealed opens in workerd, and is sealed to the same", async () => {
  // By Node 24, under this ring.
  const made = "AQf6EtkZnCG3RvRSX2TQW4klbC6sQOYLHZO0M0qQpVSfwSFD84ldiTWiAp6tTZnUA5N79dzvh6VcpvoSN7knqze3Qg";
  expect(await unseal(ring, "link", made, "tenant/entry")).toBe("https://b.co/a?X-Amz-Signature=secret");
  expect(await seal(ring, "link", "https://b.co/a?X-Amz-Signature=secret", "tenant/entry")).toBe(made);
});
