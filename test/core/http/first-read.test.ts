import { describe, expect, it } from "vitest";
import { firstRead } from "../../../src/core/http/plan-answer.ts";
import { AT, planned, SIZE } from "./answering.ts";
import { MUST } from "./must-answers.ts";

type Fields = Readonly<Record<string, string>>;

describe("what is read first", () => {
  it.each<[string, "GET" | "HEAD", Fields, ReturnType<typeof firstRead>]>([
    ["the whole", "GET", {}, null],
    ["the whole, as If-Range means nothing alone", "GET", { "If-Range": '"a"' }, null],
    ["the whole, as the range is none", "GET", { Range: "items=0-0" }, null],
    ["the whole, as the ranges are too many", "GET", { Range: `bytes=${"0-0,2-2,".repeat(50)}` }, null],
    ["the whole, as a condition of what is there mostly holds", "GET", { "If-Match": '"a"' }, null],
    ["a range", "GET", { Range: "bytes=-5" }, { offset: 995, length: 5 }],
    ["a range, as it mostly goes on", "GET", { Range: "bytes=5-", "If-Range": '"a"' }, { offset: 5, length: 995 }],
    ["a range, as it mostly holds", "GET", { Range: "bytes=0-0", "If-Match": '"a"' }, { offset: 0, length: 1 }],
    ["the head, for a range that cannot be satisfied", "GET", { Range: "bytes=1000-" }, "head"],
    ["the head, for several ranges", "GET", { Range: "bytes=0-0,2-2" }, "head"],
    ["the head, for a head", "HEAD", {}, "head"],
    ["the head, for who asks whether it is news", "GET", { "If-None-Match": '"b"' }, "head"],
    ["the head, for who asks whether it is newer", "GET", { "If-Modified-Since": AT }, "head"],
  ])("is %s", (_, method, fields, read) => {
    expect(firstRead({ method, headers: new Headers(fields) }, SIZE)).toEqual(read);
  });

  it("is the head where a range is asked of nobody knows how many bytes", () => {
    expect(firstRead({ method: "GET", headers: new Headers({ Range: "bytes=0-0" }) }, null)).toBe("head");
    expect(firstRead({ method: "GET", headers: new Headers() }, null)).toBeNull();
  });

  it.each(MUST)("is all that has to be read, %s", (_, fields) => {
    const { status, range, multipart } = planned({ fields });
    const read = firstRead({ method: "GET", headers: new Headers(fields) }, SIZE);
    const needed = status === 304 || status === 416 || multipart ? "head" : range;
    const guessed =
      status === 412 || "If-Range" in fields || "If-Modified-Since" in fields || "If-None-Match" in fields;
    if (!guessed) expect(read).toEqual(needed);
  });
});
