import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ERRORS } from "../../src/core/errors.ts";
import { checkSignedLink } from "../../src/core/signed-link/check.ts";
import { signLink } from "../../src/core/signed-link/sign.ts";
import { canonicalText, signedPath } from "../../src/core/signed-link/signed-link.ts";
import { signProxyLink } from "../../src/sdk/index.ts";
import { VECTORS, wishOf } from "./vectors.ts";

const DOCUMENT = readFileSync(new URL("../../docs/signed-links.md", import.meta.url), "utf8");

describe.each(VECTORS)("the vector $name", (vector) => {
  const { key, canonical, sig, link } = vector;

  it("is HMAC-SHA256 of its canonical text, by Node's own", () => {
    expect(createHmac("sha256", key).update(canonical).digest("base64url")).toBe(sig);
  });

  it("is what the SDK signs", async () => {
    expect(await signProxyLink(wishOf(vector))).toBe(link);
  });

  it("is what the edge signs", async () => {
    expect(canonicalText(vector)).toBe(canonical);
    const signed = await signLink(vector, key);
    expect(signed.sig).toBe(sig);
    expect(vector.endpoint + signedPath(signed)).toBe(link);
  });

  it("is what the edge accepts, once a bare prefix link has its hash", async () => {
    const circumstances = { now: (vector.exp - 1) * 1000, address: vector.ip?.split("/")[0] ?? null };
    const hash = vector.hash ?? (vector.scope && `${vector.scope.slice(0, -1)}any`);
    const keyOf = (kid: string) => (kid === vector.kid ? key : null);
    expect(await checkSignedLink({ ...vector, hash }, keyOf, circumstances)).toBe("ok");
  });
});

describe("the document", () => {
  it("shows two vectors in full", () => {
    const shown = VECTORS.filter(({ canonical, sig, link }) =>
      [`\n${canonical}\n\`\`\`\n`, `\n${sig}\n${link}\n`].every((text) => DOCUMENT.includes(text)),
    );
    expect(shown.length).toBeGreaterThanOrEqual(2);
    for (const { key, kid } of shown) expect(DOCUMENT).toContain(`\`${key}\`, whose id is \`${kid}\``);
  });

  it("names every refusal of a link, with its status", () => {
    const codes = Object.entries(ERRORS).filter(([code]) => code.startsWith("LINK_") && code !== "LINK_REVOKED");
    expect(codes).toHaveLength(5);
    for (const [code, { status }] of codes) expect(DOCUMENT).toContain(`| ${status} | \`${code}\` |`);
  });
});
