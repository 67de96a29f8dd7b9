import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Evidence, type Proof, proofOf } from "../../src/core/access.ts";
import { ACCESS_MODES, type AccessMode } from "../../src/core/tenant.ts";

const NOTHING: Evidence = { signature: "unknown", signedLink: false, guessed: false };
const EVERYTHING: Evidence = { signature: "valid", signedLink: true, guessed: false };

const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  signature: fc.constantFrom("valid" as const, "invalid" as const, "unknown" as const),
  signedLink: fc.boolean(),
  guessed: fc.boolean(),
});

describe("a caller's right to a copy", () => {
  it.each<[string, AccessMode, Partial<Evidence>, Proof]>([
    ["is the origin's to say under probe, whatever was shown", "probe", EVERYTHING, "ask"],
    ["is the origin's to say under probe, with nothing shown", "probe", {}, "ask"],
    ["is given under verify by a signature that holds", "verify", { signature: "valid" }, "given"],
    ["is refused under verify by a signature that does not", "verify", { signature: "invalid" }, "refused"],
    ["is the origin's to say under verify where we cannot tell", "verify", { signature: "unknown" }, "ask"],
    ["is not given under verify by the tenant's own link", "verify", { signedLink: true }, "ask"],
    [
      "is refused under verify though the tenant signed it",
      "verify",
      { ...EVERYTHING, signature: "invalid" },
      "refused",
    ],
    ["is given under signed by a link of the tenant's", "signed", { signedLink: true }, "given"],
    ["is refused under signed without one", "signed", {}, "refused"],
    ["is refused under signed in spite of the provider's signature", "signed", { signature: "valid" }, "refused"],
    ["is given under public to everybody", "public", {}, "given"],
    ["is given under public in spite of a bad signature", "public", { signature: "invalid" }, "given"],
    [
      "is the origin's to say under public where we only guess what is a credential",
      "public",
      { guessed: true },
      "ask",
    ],
  ])("%s", (_, access, evidence, proof) => {
    expect(proofOf(access, { ...NOTHING, ...evidence })).toBe(proof);
  });

  it("is never given without something that proves it, but where the tenant has opened the prefix", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ACCESS_MODES), anyEvidence, (access, evidence) => {
        if (proofOf(access, evidence) !== "given") return;
        const { signature, signedLink, guessed } = evidence;
        const grounds = { probe: false, verify: signature === "valid", signed: signedLink, public: !guessed };
        expect(grounds[access]).toBe(true);
      }),
    );
  });

  it("is never refused under probe or public: there the origin has the last word", () => {
    fc.assert(
      fc.property(fc.constantFrom("probe" as const, "public" as const), anyEvidence, (access, evidence) => {
        expect(proofOf(access, evidence)).not.toBe("refused");
      }),
    );
  });
});
