import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayOn, safetyHeaders } from "../../../src/core/http/safety-headers.ts";
import { PLAIN_SERVING, RESOURCE_POLICIES } from "../../../src/core/tenant.ts";

const SHOWN = { resourcePolicy: "cross-origin", showActive: true } as const;

const ACTIVE_TYPES = [
  ...["text/html", "image/svg+xml ; a=b", "application/xml", "text/javascript", "application/pdf"],
  ...["text/plain, text/html", "multipart/mixed"],
];

describe("what acts in a browser", () => {
  it.each<[string | null, string]>([
    [null, "attachment"],
    ["inline", "attachment"],
    ["attachment", "attachment"],
    ['inline; filename="a.html"', 'attachment; filename="a.html"'],
    ['INLINE;filename="a.html"', 'attachment;filename="a.html"'],
    ['attachment; filename="a.html"', 'attachment; filename="a.html"'],
    ["inline; filename*=UTF-8''%C3%BC.html", "attachment; filename*=UTF-8''%C3%BC.html"],
    ["; filename=a", "attachment; filename=a"],
    ["", "attachment"],
    // What no browser can read would be shown.
    ["inline inline; filename=a", "attachment; filename=a"],
    ["inline, inline; filename=a", "attachment; filename=a"],
    ['"inline"; filename=a', "attachment; filename=a"],
  ])("is, with the disposition %j, a download in a sandbox", (disposition, expected) => {
    for (const type of ACTIVE_TYPES) {
      expect(safetyHeaders(type, disposition, PLAIN_SERVING)).toMatchObject({
        "Content-Disposition": expected,
        "Content-Security-Policy": "sandbox",
      });
    }
  });

  it("is one whatever its disposition says", () => {
    fc.assert(
      fc.property(fc.option(fc.string()), fc.constantFrom(...ACTIVE_TYPES), (disposition, type) => {
        const fields = safetyHeaders(type, disposition, PLAIN_SERVING);
        expect(fields["Content-Disposition"]).toMatch(/^attachment(?:;|$)/);
        expect(fields["Content-Security-Policy"]).toBe("sandbox");
      }),
    );
  });

  it.each(ACTIVE_TYPES)("is shown as it is where its owner wants that: %s", (type) => {
    for (const disposition of [null, "inline", 'inline; filename="a"']) {
      expect(safetyHeaders(type, disposition, SHOWN)).toMatchObject({
        "Content-Disposition": disposition,
        "Content-Security-Policy": null,
      });
    }
  });
});

describe("every file", () => {
  const any = fc.tuple(fc.option(fc.string()), fc.option(fc.string()), fc.boolean());

  it.each(RESOURCE_POLICIES)(
    "is embedded by who is told to, never sniffed, and tells no referrer: %s",
    (resourcePolicy) => {
      fc.assert(
        fc.property(any, ([type, disposition, showActive]) => {
          expect(safetyHeaders(type, disposition, { resourcePolicy, showActive })).toMatchObject({
            "Cross-Origin-Resource-Policy": resourcePolicy,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
          });
        }),
      );
    },
  );

  it.each([null, "video/mp4", "text/plain", "image/png"])("that does not act keeps its disposition: %j", (type) => {
    for (const disposition of [null, "inline", 'inline; filename="a"', "attachment"]) {
      expect(safetyHeaders(type, disposition, PLAIN_SERVING)).toMatchObject({
        "Content-Disposition": disposition,
        "Content-Security-Policy": null,
      });
    }
  });
});

describe("a tenant that shows what acts", () => {
  const tenant = { serving: { ...PLAIN_SERVING, showActive: true }, hosts: ["files.acme.example"] };

  it.each([
    ["files.acme.example", true],
    ["FILES.acme.example", true],
    ["edge.example.com", false],
    ["acme.example", false],
    ["a.files.acme.example", false],
    ["files.acme.example.evil.example", false],
    ["", false],
  ])("does so on names of their own alone: on %j %j", (host, showActive) => {
    expect(displayOn(host, tenant)).toEqual({ resourcePolicy: "cross-origin", showActive });
    expect(displayOn(host, { ...tenant, serving: PLAIN_SERVING }).showActive).toBe(false);
  });
});
