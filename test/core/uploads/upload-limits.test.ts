import { describe, expect, it } from "vitest";
import { parseUploadLimits, UPLOAD_LIMITS } from "../../../src/core/uploads/upload-limits.ts";

describe("the limits of uploads", () => {
  it("are 10 GiB, and chunks of 64 MiB, where nothing is set", () => {
    expect(UPLOAD_LIMITS).toEqual({ maxFileBytes: 10_737_418_240, chunkBytes: 67_108_864 });
    expect(parseUploadLimits("{}")).toEqual(UPLOAD_LIMITS);
  });

  it.each([
    ['{"max_file_size": 10737418240, "chunk_size": 67108864}', UPLOAD_LIMITS],
    ['{"max_file_size": 1000}', { ...UPLOAD_LIMITS, maxFileBytes: 1000 }],
    ['{"chunk_size": 157286400, "other": 1}', { ...UPLOAD_LIMITS, chunkBytes: 157_286_400 }],
  ])("are read from %s", (text, limits) => {
    expect(parseUploadLimits(text)).toEqual(limits);
  });

  it.each([
    "",
    "null",
    "[]",
    "7",
    '{"chunk_size": "64"}',
    '{"chunk_size": 0}',
    '{"max_file_size": 1.5}',
    "{",
    '{"max_file_size": 1e20}',
  ])("are not read from %j", (text) => {
    expect(parseUploadLimits(text)).toBeNull();
  });
});
