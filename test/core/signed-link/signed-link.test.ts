import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseProxyQuery } from "../../../src/core/proxy-query.ts";
import { canonicalText, signedPath } from "../../../src/core/signed-link/signed-link.ts";
import { anyLink, PLAIN, signed } from "./links.ts";

describe("the canonical text", () => {
  it("of a plain link has its url and hash as they are", () => {
    expect(canonicalText({ ...PLAIN, nbf: 5, ip: "2001:DB8::/32" })).toBe(
      `snapbyte-link-v1\nacme\nreport-7\n${PLAIN.url}\n${PLAIN.exp}\n5\n2001:DB8::/32`,
    );
  });

  it("of a prefix link has its scope, and neither hash nor url", () => {
    const text = `snapbyte-prefix-v1\nacme\nreports/*\n\n${PLAIN.exp}\n\n`;
    expect(canonicalText({ ...PLAIN, scope: "reports/*", hash: "reports/a" })).toBe(text);
    expect(canonicalText({ ...PLAIN, scope: "reports/*", hash: null, url: null })).toBe(text);
  });

  it("leaves an empty line for what is absent", () => {
    expect(canonicalText({ ...PLAIN, hash: null })).toBe(`snapbyte-link-v1\nacme\n\n${PLAIN.url}\n${PLAIN.exp}\n\n`);
    expect(canonicalText({ ...PLAIN, url: null })).toBe(`snapbyte-link-v1\nacme\nreport-7\n\n${PLAIN.exp}\n\n`);
  });

  it("of a link with tags has an eighth line for them, under another version", () => {
    const tags = "Sale,v1";
    expect(canonicalText({ ...PLAIN, tags })).toBe(
      `snapbyte-link-v2\nacme\nreport-7\n${PLAIN.url}\n${PLAIN.exp}\n\n\nSale,v1`,
    );
    const text = `snapbyte-prefix-v2\nacme\nreports/*\n\n${PLAIN.exp}\n\n203.0.113.7\nSale,v1`;
    expect(canonicalText({ ...PLAIN, tags, scope: "reports/*", ip: "203.0.113.7" })).toBe(text);
  });

  it("has seven lines, or eight, and is the same for two links only where they grant the same", () => {
    const granted = ({ site, hash, url, scope, exp, nbf, ip, tags }: typeof PLAIN) =>
      JSON.stringify(scope === null ? { site, hash, url, exp, nbf, ip, tags } : { site, scope, exp, nbf, ip, tags });
    fc.assert(
      fc.property(anyLink(), anyLink(), (one, other) => {
        expect(canonicalText(one).split("\n")).toHaveLength(one.tags === null ? 7 : 8);
        expect(canonicalText(one) === canonicalText(other)).toBe(granted(one) === granted(other));
      }),
    );
  });
});

describe("the path of a signed link", () => {
  it("leaves out what is absent", async () => {
    const link = await signed({ url: null });
    expect(signedPath(link)).toBe(`/proxy?hash=report-7&site=acme&exp=${link.exp}&kid=041ge2od&sig=${link.sig}`);
  });

  it("has every parameter in one order, encoded so that no client and no chat program changes it", async () => {
    const link = await signed({ hash: "it's (a+b) é*", scope: "it's *", nbf: 0, ip: "203.0.113.0/24", tags: "a,b" });
    expect(signedPath(link)).toBe(
      `/proxy?url=https%3A%2F%2Fb.s3.amazonaws.com%2Fa%252Fb%2Bc%3FX-Amz-Signature%3D0f&hash=it%27s%20%28a%2Bb%29%20%C3%A9%2A` +
        `&site=acme&scope=it%27s%20%2A&exp=${link.exp}&nbf=0&ip=203.0.113.0%2F24&tags=a%2Cb&kid=041ge2od&sig=${link.sig}`,
    );
  });

  it("gives url and hash back byte for byte, as the door reads them", async () => {
    await fc.assert(
      fc.asyncProperty(anyLink(), async (fields) => {
        const query = new URL(signedPath(await signed(fields)), "https://edge.example.com").search.slice(1);
        expect(parseProxyQuery(query)).toMatchObject({ url: fields.url, hash: fields.hash, site: fields.site });
      }),
    );
  });
});
