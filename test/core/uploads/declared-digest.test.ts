import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { SnapbyteError } from "../../../src/core/errors.ts";
import { checkChunkDigests, readChunkDigests } from "../../../src/core/uploads/declared-digest.ts";

const MD5 = createHash("md5").update("chunk");
const MD5_BASE64 = MD5.copy().digest("base64");
const MD5_HEX = MD5.digest("hex");
const SHA256 = createHash("sha256").update("chunk").digest("hex");

function refusal(work: () => unknown): SnapbyteError {
  try {
    work();
  } catch (error) {
    if (error instanceof SnapbyteError) return error;
  }
  throw new Error("it was not refused");
}

describe("the digests of a chunk", () => {
  it("are read from either field, both, or none", () => {
    expect(readChunkDigests(null, null)).toEqual({});
    expect(readChunkDigests(MD5_BASE64, null)).toEqual({ md5: MD5_HEX });
    expect(readChunkDigests(null, SHA256.toUpperCase())).toEqual({ sha256: SHA256 });
    expect(readChunkDigests(` ${MD5_BASE64} `, ` ${SHA256}`)).toEqual({ md5: MD5_HEX, sha256: SHA256 });
  });

  it.each(["", MD5_HEX, MD5_BASE64.slice(0, -2), `${MD5_BASE64}==`, "!".repeat(24)])(
    "are refused where Content-MD5 is %j",
    (text) => {
      const error = refusal(() => readChunkDigests(text, null));
      expect(error.code).toBe("INVALID_FIELD");
      expect(error.message).toContain("Content-MD5");
    },
  );

  it.each(["", MD5_HEX, `${SHA256}0`, SHA256.replace(/.$/, "g")])("are refused where X-Chunk-SHA256 is %j", (text) => {
    const error = refusal(() => readChunkDigests(null, text));
    expect(error.code).toBe("INVALID_FIELD");
    expect(error.message).toContain("X-Chunk-SHA256");
  });

  it("are compared with those of the bytes, and the field is named that is wrong", () => {
    const actual = { md5: MD5_HEX, sha256: SHA256 };
    checkChunkDigests({}, actual);
    checkChunkDigests(actual, actual);
    expect(refusal(() => checkChunkDigests({ md5: SHA256 }, actual)).message).toContain("Content-MD5");
    expect(refusal(() => checkChunkDigests({ sha256: MD5_HEX }, actual)).message).toContain("X-Chunk-SHA256");
    expect(refusal(() => checkChunkDigests({ md5: MD5_HEX }, { sha256: SHA256 })).code).toBe("INVALID_FIELD");
  });
});
