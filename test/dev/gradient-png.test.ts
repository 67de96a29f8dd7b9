import { Buffer } from "node:buffer";
import { crc32, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { gradientPng } from "../../src/dev/origin/gradient-png.ts";

test("the picture is a valid PNG, chunk by chunk", () => {
  const png = gradientPng(64, 48);
  expect(png.subarray(0, 8)).toEqual(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  const chunks: Record<string, Buffer> = {};
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks[body.subarray(0, 4).toString("latin1")] = body.subarray(4);
    at += length + 12;
  }
  expect(Object.keys(chunks)).toEqual(["IHDR", "IDAT", "IEND"]);
  expect(chunks.IHDR?.readUInt32BE(0)).toBe(64);
  expect(chunks.IHDR?.readUInt32BE(4)).toBe(48);
  expect(inflateSync(chunks.IDAT ?? Buffer.alloc(0))).toHaveLength(48 * (1 + 64 * 3));
});
