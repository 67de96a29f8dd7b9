import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptsCoding, undoableCoding } from "../../../src/core/http/content-coding.ts";

describe("a coding that can be undone", () => {
  it.each([
    ["gzip", "gzip"],
    ["GZIP", "gzip"],
    [" gzip ", "gzip"],
    // RFC 9110 section 8.4.1.3
    ["x-gzip", "gzip"],
    ["X-GZip", "gzip"],
    ["deflate", "deflate"],
    ["Deflate", "deflate"],
  ])("is %s", (field, coding) => {
    expect(undoableCoding(field)).toBe(coding);
  });

  it.each([
    null,
    ...["", "br", "zstd", "compress", "x-compress", "identity", "aws-chunked", "dcb", "utf-8", "gzipped"],
    ...["gzip, gzip", "gzip, br", "br, gzip", "identity, gzip", "aws-chunked,gzip", "gzip;q=1"],
  ])("is not %j", (field) => {
    expect(undoableCoding(field)).toBeNull();
  });
});

describe("gzip (RFC 9110 section 12.5.3)", () => {
  it.each([
    // No field at all: any coding is acceptable.
    null,
    ...["gzip", "GZIP", "x-gzip", "gzip, deflate, br, zstd", "br, gzip", "deflate,gzip", "*", "br;q=1.0, *;q=0.5"],
    ...["gzip;q=1", "gzip;q=1.000", "gzip;q=0.001", "gzip ; q=0.5", "gzip;Q=0.5", "compress;q=0.5, gzip;q=1.0"],
    ...["gzip;q=1.0, identity; q=0.5, *;q=0", "identity;q=1, gzip;q=0.5", "identity;q=0, gzip", "*;q=0, gzip"],
    // A weight that is none is no refusal.
    ...["gzip;q=", "gzip;q=zero", "gzip;level=9"],
    ...[",gzip,", "gzip;q=0, gzip"],
  ])("is welcome to who says %j", (field) => {
    expect(acceptsCoding(field, "gzip")).toBe(true);
  });

  it.each([
    // Empty: only what has no coding.
    ...["", " ", ",", "identity", "br", "deflate", "identity, br", "zip", "gzipped"],
    ...[
      "gzip;q=0",
      "gzip;q=0.",
      "gzip;q=0.0",
      "gzip;q=0.000",
      "GZIP ; Q = 0",
      "x-gzip;q=0",
      "gzip;q=0, *",
      "*, gzip;q=0",
    ],
    ...["*;q=0", "identity, *;q=0", "identity;q=1, *;q=0", "br, *;q=0.0"],
  ])("is not welcome to who says %j", (field) => {
    expect(acceptsCoding(field, "gzip")).toBe(false);
  });
});

describe("an Accept-Encoding", () => {
  it("tells gzip from deflate", () => {
    expect(acceptsCoding("deflate", "deflate")).toBe(true);
    expect(acceptsCoding("gzip", "deflate")).toBe(false);
    expect(acceptsCoding("deflate;q=0, *", "deflate")).toBe(false);
    expect(acceptsCoding("deflate;q=0, *", "gzip")).toBe(true);
  });

  it("may say anything, and nothing is thrown", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof acceptsCoding(text, "gzip")).toBe("boolean");
        expect(() => undoableCoding(text)).not.toThrow();
      }),
    );
  });

  it("means the same in any order, case and spacing", () => {
    const element = fc.constantFrom("gzip", "gzip;q=0", "*", "*;q=0", "identity", "br;q=0.5", "deflate;q=0");
    fc.assert(
      fc.property(fc.array(element), (elements) => {
        const meant = acceptsCoding(elements.join(","), "gzip");
        const loud = elements.toReversed().join(" ,\t").toUpperCase().replaceAll(";", " ; ");
        expect(acceptsCoding(loud, "gzip")).toBe(meant);
      }),
    );
  });
});
