import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CRC_ALGORITHMS, type CrcAlgorithm } from "../../../src/core/integrity/checksums.ts";
import { combineCrc, startCrc } from "../../../src/core/integrity/crc.ts";

const ascii = (text: string) => new TextEncoder().encode(text);
const bytes = fc.uint8Array({ maxLength: 400 });

function crcOf(algorithm: CrcAlgorithm, ...pieces: readonly Uint8Array[]): string {
  const crc = startCrc(algorithm);
  for (const piece of pieces) crc.update(piece);
  return crc.digest();
}

/** Bit by bit, as the definition has it: slow, and with nothing to get wrong. */
function defined(reflected: bigint, width: number, data: Uint8Array): string {
  const ones = (1n << BigInt(width)) - 1n;
  let crc = ones;
  for (const byte of data) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ reflected : crc >> 1n;
  }
  return (crc ^ ones).toString(16).padStart(width / 4, "0");
}

const DEFINITIONS = [
  ["crc32", 0xedb88320n, 32],
  ["crc32c", 0x82f63b78n, 32],
  ["crc64nvme", 0x9a6c9329ac4bc9b5n, 64],
] as const;

describe("a CRC", () => {
  it.each([
    // The check values of the catalogue, https://reveng.sourceforge.io/crc-catalogue/all.htm
    ["crc32", ascii("123456789"), "cbf43926"],
    ["crc32c", ascii("123456789"), "e3069283"],
    ["crc64nvme", ascii("123456789"), "ae8b14860a799888"],
    // RFC 3720 appendix B.4.
    ["crc32c", new Uint8Array(32), "8a9136aa"],
    ["crc32c", new Uint8Array(32).fill(0xff), "62a8ab43"],
    ["crc32c", Uint8Array.from({ length: 32 }, (_, at) => at), "46dd794e"],
    ["crc32c", Uint8Array.from({ length: 32 }, (_, at) => 31 - at), "113fdb5c"],
    ["crc32", ascii("The quick brown fox jumps over the lazy dog"), "414fa339"],
    // NVM Command Set Specification 1.0, figure 84: 4 KiB of zeros, and of ones.
    ["crc64nvme", new Uint8Array(4096), "6482d367eb22b64e"],
    ["crc64nvme", new Uint8Array(4096).fill(0xff), "c0ddba7302eca3ac"],
  ] as const)("%s of a known text is known: %#", (algorithm, data, hex) => {
    expect(crcOf(algorithm, data)).toBe(hex);
  });

  it.each(DEFINITIONS)("%s is what its definition gives, of any bytes", (algorithm, reflected, width) => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(crcOf(algorithm, data)).toBe(defined(reflected, width, data));
      }),
    );
  });

  it.each(DEFINITIONS)(
    "%s is right at every length from nothing to three turns of its loop",
    (algorithm, of, width) => {
      for (let length = 0; length <= 49; length += 1) {
        const data = Uint8Array.from({ length }, (_, at) => at * 37 + 200);
        expect(crcOf(algorithm, data)).toBe(defined(of, width, data));
      }
    },
  );

  it("crc32 is that of zlib, of any bytes", () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(crcOf("crc32", data)).toBe(crc32(data).toString(16).padStart(8, "0"));
      }),
    );
  });
});

describe.each(CRC_ALGORITHMS)("%s", (algorithm) => {
  it("of nothing is zero, with all its digits", () => {
    expect(crcOf(algorithm)).toBe(algorithm === "crc64nvme" ? "0".repeat(16) : "0".repeat(8));
    expect(crcOf(algorithm, new Uint8Array())).toBe(crcOf(algorithm));
  });

  it("keeps its leading zeros", () => {
    const short = Array.from({ length: 3000 }, (_, at) => crcOf(algorithm, ascii(String(at))));
    expect(short.some((hex) => hex.startsWith("00"))).toBe(true);
    expect(new Set(short.map((hex) => hex.length)).size).toBe(1);
  });

  it("of the pieces is that of the whole, however it is cut", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 6 }), (pieces) => {
        const whole = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
        expect(crcOf(algorithm, ...pieces)).toBe(crcOf(algorithm, whole));
      }),
    );
  });

  it("reads a view from its own offset to its own end", () => {
    fc.assert(
      fc.property(bytes, fc.nat(20), fc.nat(20), (data, before, after) => {
        const around = new Uint8Array(before + data.length + after).fill(0xa5);
        around.set(data, before);
        expect(crcOf(algorithm, around.subarray(before, before + data.length))).toBe(crcOf(algorithm, data));
      }),
    );
  });

  it("tells the digest of what came so far, as often as it is asked, and goes on", () => {
    const crc = startCrc(algorithm);
    crc.update(ascii("12345"));
    expect([crc.digest(), crc.digest()]).toEqual(Array(2).fill(crcOf(algorithm, ascii("12345"))));
    crc.update(ascii("6789"));
    expect(crc.digest()).toBe(crcOf(algorithm, ascii("123456789")));
  });

  it("lets the bytes be reused at once", () => {
    const [crc, buffer] = [startCrc(algorithm), ascii("12345")];
    crc.update(buffer);
    buffer.set(ascii("67890"));
    crc.update(buffer);
    expect(crc.digest()).toBe(crcOf(algorithm, ascii("1234567890")));
  });

  it("of two streams at once keeps them apart", () => {
    const [one, other] = [startCrc(algorithm), startCrc(algorithm)];
    one.update(ascii("one"));
    other.update(ascii("other"));
    expect([one.digest(), other.digest()]).toEqual([crcOf(algorithm, ascii("one")), crcOf(algorithm, ascii("other"))]);
  });
});

describe.each(CRC_ALGORITHMS)("two of %s put together", (algorithm) => {
  it("are that of both runs of bytes", () => {
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        const together = combineCrc(algorithm, crcOf(algorithm, first), crcOf(algorithm, second), second.length);
        expect(together).toBe(crcOf(algorithm, first, second));
      }),
    );
  });

  it("are those of equal parts and a shorter last one, one after the other", () => {
    const parts = [1000, 1000, 1000, 1000, 7].map((length, part) =>
      Uint8Array.from({ length }, (_, at) => at * 7 + part),
    );
    const sums = parts.map((part) => ({ crc: crcOf(algorithm, part), bytes: part.length }));
    const whole = sums.reduce((sum, { crc, bytes }) => combineCrc(algorithm, sum, crc, bytes), crcOf(algorithm));
    expect(whole).toBe(crcOf(algorithm, ...parts));
  });

  it("are the same in whichever order the parts are joined", () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, (a, b, c) => {
        const [one, two, three] = [crcOf(algorithm, a), crcOf(algorithm, b), crcOf(algorithm, c)];
        const fromLeft = combineCrc(algorithm, combineCrc(algorithm, one, two, b.length), three, c.length);
        const fromRight = combineCrc(algorithm, one, combineCrc(algorithm, two, three, c.length), b.length + c.length);
        expect(fromLeft).toBe(fromRight);
      }),
    );
  });

  it("are the first where the second is empty, and the second where the first is", () => {
    const [some, none] = [crcOf(algorithm, ascii("123456789")), crcOf(algorithm)];
    expect(combineCrc(algorithm, some, none, 0)).toBe(some);
    expect(combineCrc(algorithm, none, some, 9)).toBe(some);
  });

  it("know lengths beyond 32 bits: 5 TiB at once are 1 TiB and then 4", () => {
    const tebibyte = 2 ** 40;
    const [one, four] = [zerosOf(algorithm, tebibyte), zerosOf(algorithm, 4 * tebibyte)];
    const five = combineCrc(algorithm, one, four, 4 * tebibyte);
    const first = crcOf(algorithm, ascii("first"));
    const stepwise = combineCrc(algorithm, combineCrc(algorithm, first, one, tebibyte), four, 4 * tebibyte);
    expect(combineCrc(algorithm, first, five, 5 * tebibyte)).toBe(stepwise);
  });
});

/** Of `length` zero bytes, a power of two. */
function zerosOf(algorithm: CrcAlgorithm, length: number): string {
  let zeros = crcOf(algorithm, new Uint8Array(1));
  for (let done = 1; done < length; done *= 2) zeros = combineCrc(algorithm, zeros, zeros, done);
  return zeros;
}
