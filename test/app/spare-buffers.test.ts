import { describe, expect, it } from "vitest";
import { NEW_BUFFERS, spareBuffers } from "../../src/app/spare-buffers.ts";

const MIB = 2 ** 20;

describe("spare buffers", () => {
  it("give out again what was given back", () => {
    const buffers = spareBuffers();
    const first = buffers.take(8 * MIB);
    buffers.give(first);
    expect(buffers.take(8 * MIB)).toBe(first);
  });

  it("give out one of a body that was a little smaller", () => {
    const buffers = spareBuffers();
    const first = buffers.take(6 * MIB - 1);
    buffers.give(first);
    expect(buffers.take(6 * MIB + 1)).toBe(first);
  });

  it("never give out one that somebody has", () => {
    const buffers = spareBuffers();
    buffers.give(buffers.take(MIB));
    const [one, other] = [buffers.take(MIB), buffers.take(MIB)];
    expect(one === other).toBe(false);
  });

  it.each([1, MIB - 1, MIB, 2 * MIB, 8 * MIB, 9 * MIB, 20 * MIB])("of %i bytes are large enough", (bytes) => {
    const buffers = spareBuffers();
    buffers.give(buffers.take(2 * MIB));
    expect(buffers.take(bytes).byteLength).toBeGreaterThanOrEqual(bytes);
  });

  it("keep no small ones", () => {
    const buffers = spareBuffers();
    const small = buffers.take(MIB / 4 - 1);
    buffers.give(small);
    expect(buffers.take(MIB / 4 - 1) === small).toBe(false);
  });

  it("keep no one whose bytes a read has taken away", () => {
    const buffers = spareBuffers();
    const taken = buffers.take(MIB);
    structuredClone(taken, { transfer: [taken] });
    buffers.give(taken);
    expect(buffers.take(MIB).byteLength).toBe(MIB);
  });

  it("let one go for a new one of another size", () => {
    const buffers = spareBuffers();
    const large = buffers.take(8 * MIB);
    buffers.give(large);
    buffers.take(2 * MIB);
    expect(buffers.take(8 * MIB) === large).toBe(false);
  });

  it("keep 16 MiB at most, and rather those that came last", () => {
    const buffers = spareBuffers();
    const [first, ...last] = [8, 8, 8].map((size) => buffers.take(size * MIB));
    for (const each of [first, ...last]) if (each) buffers.give(each);
    const again = [8, 8, 8].map((size) => buffers.take(size * MIB));
    expect(again.slice(0, 2).every((each) => last.includes(each))).toBe(true);
    expect(again.some((each) => each === first)).toBe(false);
  });
});

it("new buffers belong to whoever takes them", () => {
  const buffer = NEW_BUFFERS.take(MIB);
  NEW_BUFFERS.give(buffer);
  expect(NEW_BUFFERS.take(MIB) === buffer).toBe(false);
});
