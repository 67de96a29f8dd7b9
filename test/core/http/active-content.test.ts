import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isActiveContent } from "../../../src/core/http/active-content.ts";

const ACTIVE = [
  ...["text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/xsl"],
  ...[
    "application/rss+xml",
    "application/atom+xml",
    "application/mathml+xml",
    "text/javascript",
    "application/javascript",
  ],
  ...["application/x-javascript", "text/ecmascript", "application/ecmascript"],
  ...["text/x-javascript", "application/x-ecmascript", "text/javascript1.0", "text/javascript1.5", "text/jscript"],
  ...["text/livescript", "text/x-ecmascript"],
  ...["application/pdf", "text/pdf", "application/x-pdf", "application/vnd.pdf"],
  ...["multipart/x-mixed-replace", "multipart/mixed", "multipart/byteranges"],
];

const PASSIVE = [
  ...["text/plain", "text/css", "text/csv", "image/png", "image/jpeg", "video/mp4", "audio/mpeg"],
  ...["application/pdfx", "application/vnd.fdf", "image/vnd.pdf-thumbnail", "text/javascript1.6", "text/vtt"],
  ...[
    "application/octet-stream",
    "application/zip",
    "application/json",
    "application/wasm",
    "font/woff2",
    "text/htmlx",
  ],
  ...["application/xml-dtd", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
];

describe("content that acts in a browser", () => {
  it.each(ACTIVE)("is %s, however it is written", (type) => {
    for (const written of [
      type,
      type.toUpperCase(),
      ` ${type} `,
      `\t${type}`,
      `${type};charset=utf-8`,
      `${type}; charset=utf-8`,
      `${type} ; charset=utf-8`,
      `${type}\t;charset=utf-8`,
      `${type};`,
    ]) {
      expect(isActiveContent(written), JSON.stringify(written)).toBe(true);
    }
  });

  it("is a list that holds such a type: a browser takes the last that it understands", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ACTIVE), fc.constantFrom(...PASSIVE), fc.boolean(), (active, passive, first) => {
        expect(isActiveContent((first ? [active, passive] : [passive, active]).join(", "))).toBe(true);
      }),
    );
  });
});

describe("content that does not act", () => {
  it.each([null, "", ";", ",", ...PASSIVE, "text/plain; charset=text/html", "image/png;text/html"])("is %j", (type) => {
    expect(isActiveContent(type)).toBe(false);
  });

  it.each(PASSIVE)("is %s, whatever its parameters", (type) => {
    expect(isActiveContent(`${type}; charset=utf-8; name="a+xml"`)).toBe(false);
  });
});
