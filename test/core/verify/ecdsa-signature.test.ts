import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readDer, readDerList, writeDer } from "../../../src/core/verify/der.ts";
import { rawEcdsaSignature } from "../../../src/core/verify/ecdsa-signature.ts";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
const number = (hex: string) => writeDer(0x02, bytes(hex));
const signature = (...numbers: Uint8Array[]) => writeDer(0x30, ...numbers);

describe("a signature in DER", () => {
  it("has the numbers that Node writes without DER", () => {
    for (let round = 0; round < 64; round++) {
      const der = sign("sha1", Buffer.of(round), privateKey);
      const raw = rawEcdsaSignature(der);
      expect(raw && signature(number(shortest(raw, 0)), number(shortest(raw, 32)))).toEqual(Uint8Array.from(der));
    }
  });

  it("fills short numbers up with zeros in front", () => {
    expect(rawEcdsaSignature(signature(number("01"), number("0080")))).toEqual(
      bytes(`${"00".repeat(31)}01${"00".repeat(31)}80`),
    );
  });

  it.each([
    ["of nothing", new Uint8Array()],
    ["with bytes behind it", Uint8Array.of(...signature(number("01"), number("01")), 0)],
    ["of one number", signature(number("01"))],
    ["of three numbers", signature(number("01"), number("01"), number("01"))],
    ["with a zero in front that is not needed", signature(number("0001"), number("01"))],
    ["with two zeros in front", signature(number("000080"), number("01"))],
    ["of a negative number", signature(number("80"), number("01"))],
    ["of an empty number", signature(number(""), number("01"))],
    ["of a number that is too long", signature(number(`01${"00".repeat(32)}`), number("01"))],
    ["of a text", signature(writeDer(0x04, bytes("01")), number("01"))],
    ["that is no sequence", writeDer(0x31, number("01"), number("01"))],
    ["cut short", signature(number("01"), number("01")).subarray(0, 7)],
    ["with its length written longer than needed", bytes("308106020101020101")],
    ["of indefinite length", bytes("30800201010201010000")],
  ])("%s is none", (_, der) => {
    expect(rawEcdsaSignature(der)).toBeNull();
  });
});

describe("DER", () => {
  it.each([0, 1, 127, 128, 255, 256, 65_535])("reads the %i bytes that it writes", (length) => {
    const content = new Uint8Array(length).fill(7);
    const der = writeDer(0x03, content);
    expect(readDer(der)).toEqual({ tag: 0x03, content, end: der.length });
    expect(readDerList(der)).toHaveLength(1);
  });

  it("reads no length of more than two bytes", () => {
    expect(readDer(Uint8Array.of(0x30, 0x83, 1, 0, 0))).toBeNull();
  });
});

/** Without zeros in front, but for the one that keeps a number from reading as negative. */
function shortest(raw: Uint8Array, from: number): string {
  const hex = Buffer.from(raw.subarray(from, from + 32))
    .toString("hex")
    .replace(/^(?:00)+/, "");
  return hex >= "8" ? `00${hex}` : hex;
}
