import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatLinkKey, KID_BYTES, LINK_KEY_BYTES, newKid } from "../../../src/core/signed-link/link-key.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe("a link key", () => {
  it("is text that people and secret scanners know, with 32 random bytes behind it", () => {
    const random = Uint8Array.from({ length: LINK_KEY_BYTES }, (_, index) => index);
    expect(formatLinkKey(random)).toBe("snap_link_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
  });

  it("is ASCII of one length, whatever the bytes", () => {
    fc.assert(
      fc.property(bytes(LINK_KEY_BYTES), (random) => {
        expect(formatLinkKey(random)).toMatch(/^snap_link_[A-Za-z0-9_-]{43}$/);
      }),
    );
  });
});

describe("a key's id", () => {
  it.each([
    [[0, 0, 0, 0, 0], "00000000"],
    [[0, 0, 0, 0, 1], "00000001"],
    [[0, 0, 0, 0, 32], "00000010"],
    [[255, 255, 255, 255, 255], "vvvvvvvv"],
    [[1, 3, 7, 11, 13], "041ge2od"],
  ])("of %j is %s", (random, kid) => {
    expect(newKid(Uint8Array.from(random))).toBe(kid);
  });

  it("is 8 characters of 0-9a-v, and another one for other bytes", () => {
    fc.assert(
      fc.property(bytes(KID_BYTES), bytes(KID_BYTES), (one, other) => {
        expect(newKid(one)).toMatch(/^[0-9a-v]{8}$/);
        expect(newKid(one) === newKid(other)).toBe(one.join() === other.join());
      }),
    );
  });
});
