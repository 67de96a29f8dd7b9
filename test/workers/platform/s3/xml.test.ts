import { describe, expect, test } from "vitest";
import { elements, elementText, xmlText } from "../../../../src/platform/s3/xml.ts";

const LISTING = `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>
<Contents>
  <Key>a&amp;b</Key><ETag>&quot;x&quot;</ETag>
</Contents><Contents><Key>c</Key></Contents></ListBucketResult>`;

describe("an answer in XML", () => {
  test("has its elements in their order, whatever the lines between them", () => {
    expect(elements(LISTING, "Contents").map((each) => elementText(each, "Key"))).toEqual(["a&b", "c"]);
    expect(elements(LISTING, "CommonPrefixes")).toEqual([]);
  });

  test("has no text where it has no such element", () => {
    expect(elementText(LISTING, "NextContinuationToken")).toBeNull();
    expect(elementText("", "Code")).toBeNull();
    expect(elementText("<Code>cut off", "Code")).toBeNull();
  });

  test("has an empty text in an empty element", () => {
    expect(elementText("<Code></Code>", "Code")).toBe("");
  });

  test.each([
    ["&lt;&gt;&amp;&quot;&apos;", `<>&"'`],
    ["&#65;&#x42;&#X43;", "ABC"],
    ["&#233;&#x1F600;", "é😀"],
    ["&amp;lt;", "&lt;"],
    ["&unknown; & &#x110000;", "&unknown; & &#x110000;"],
    ["plain", "plain"],
  ])("writes as %s the text %s", (written, text) => {
    expect(elementText(`<Key>${written}</Key>`, "Key")).toBe(text);
  });

  test("is read back as it was written", () => {
    const text = `"a" <b> & 'c' é`;
    expect(elementText(`<ETag>${xmlText(text)}</ETag>`, "ETag")).toBe(text);
    expect(xmlText(text)).not.toMatch(/[<>"]/);
  });
});
