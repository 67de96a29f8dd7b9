import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStrongEtag } from "../../../src/core/http/etag.ts";
import { chooseRepresentation } from "../../../src/core/http/representation.ts";
import { OBJECT, SIZE } from "./answering.ts";

function chosen(contentEncoding: string | null, acceptEncoding: string | null) {
  return chooseRepresentation({ size: SIZE, headers: { ...OBJECT, contentEncoding } }, acceptEncoding);
}

describe("a copy without a coding", () => {
  it.each([null, "", "gzip", "identity", "identity;q=0", "*;q=0"])(
    "goes out as it lies, to who says %j",
    (accepted) => {
      expect(chosen(null, accepted)).toEqual({ size: SIZE, headers: OBJECT, undo: null, negotiated: false });
    },
  );
});

describe("a copy in gzip", () => {
  const stored = { ...OBJECT, contentEncoding: "gzip" };

  it.each([null, "gzip", "gzip, deflate, br", "*"])("goes out as it lies, to who says %j", (accepted) => {
    expect(chosen("gzip", accepted)).toEqual({ size: SIZE, headers: stored, undo: null, negotiated: true });
  });

  it.each(["", "identity", "gzip;q=0", "br", "*;q=0", "identity;q=0, gzip;q=0"])(
    "is decoded for who says %j: nobody knows its length, and it is another representation",
    (accepted) => {
      const headers = { ...OBJECT, contentEncoding: null, etag: '"a-identity"' };
      expect(chosen("gzip", accepted)).toEqual({ size: null, headers, undo: "gzip", negotiated: true });
    },
  );
});

describe("a copy in another coding", () => {
  it("is undone where we can", () => {
    expect(chosen("deflate", "gzip")).toMatchObject({ undo: "deflate", size: null });
    expect(chosen("X-GZIP", "br")).toMatchObject({ undo: "gzip", size: null });
  });

  it.each(["br", "zstd", "compress", "gzip, br", "aws-chunked"])("goes out in %s where we cannot", (coding) => {
    for (const accepted of [null, "", "identity", "gzip", "*;q=0"]) {
      const headers = { ...OBJECT, contentEncoding: coding };
      expect(chosen(coding, accepted)).toEqual({ size: SIZE, headers, undo: null, negotiated: false });
    }
  });
});

describe("the ETag of what is decoded", () => {
  it("is strong, the same each time, and not that of what is stored", () => {
    const tag = fc.string().filter((text) => isStrongEtag(`"${text}"`));
    fc.assert(
      fc.property(tag, (text) => {
        const headers = { ...OBJECT, contentEncoding: "gzip", etag: `"${text}"` };
        const [one, two] = [1, 2].map(() => chooseRepresentation({ size: 1, headers }, "identity").headers.etag);
        expect(isStrongEtag(one ?? null)).toBe(true);
        expect(one).toBe(two);
        expect(one).not.toBe(headers.etag);
      }),
    );
  });
});
