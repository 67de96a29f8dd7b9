import { describe, expect, it } from "vitest";
import { tag, tagList } from "../../../src/core/purge/tag-list.ts";
import { MAX_TAG_LENGTH, MAX_TAGS, readTags, unionOfTags } from "../../../src/core/purge/tags.ts";

const MANY = (count: number) => Array.from({ length: count }, (_, at) => `tag-${at}`);

const GOOD = ["a", "spring-sale", "v1.2", "a:b/c", "[x]", "!", "~", "+", "-", "x".repeat(MAX_TAG_LENGTH)];
const BAD = ["", " ", "a b", "a,b", "ä", "a\n", "a\t", "\u007f", "x".repeat(MAX_TAG_LENGTH + 1)];

describe("a tag", () => {
  it.each(GOOD)("may be %j", (text) => {
    expect(tag.parse(text)).toBe(text.toLowerCase());
    expect(readTags(text)).toEqual([text.toLowerCase()]);
  });

  it.each(BAD)("is never %j", (text) => {
    expect(tag.safeParse(text).success).toBe(false);
    if (text !== "a,b") expect(readTags(text)).toBeNull();
  });

  it("is the same in whatever case", () => {
    expect(tag.parse("Spring-SALE")).toBe("spring-sale");
  });
});

describe("a list of tags", () => {
  it("has each once, whatever its case", () => {
    expect(tagList.parse(["A", "b", "a", "B", "c"])).toEqual(["a", "b", "c"]);
    expect(tagList.parse([])).toEqual([]);
    expect(readTags("A,b,a")).toEqual(["a", "b"]);
  });

  it("has as many as there may be", () => {
    expect(tagList.parse(MANY(MAX_TAGS))).toHaveLength(MAX_TAGS);
    expect(tagList.safeParse(MANY(MAX_TAGS + 1)).success).toBe(false);
    expect(readTags(MANY(MAX_TAGS).join(","))).toHaveLength(MAX_TAGS);
    expect(readTags(MANY(MAX_TAGS + 1).join(","))).toBeNull();
  });

  it.each(["a,,b", ",a", "a,", "a, b", "a;b c"])("in a link is never %j", (text) => {
    expect(readTags(text)).toBeNull();
  });

  it("is one of several together", () => {
    expect(unionOfTags(["a", "b"], ["B", "c"], [])).toEqual(["a", "b", "c"]);
    expect(unionOfTags()).toEqual([]);
  });
});
