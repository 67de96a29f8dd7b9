import { describe, expect, it } from "vitest";
import { codeBlock, isInstalled, signVectors } from "./documented-signer.ts";
import { GO, PHP } from "./languages.ts";
import { VECTORS } from "./vectors.ts";

describe.each([GO, PHP])("the document's $name", (language) => {
  if (isInstalled(language)) {
    it("signs every vector as it is written down", () => {
      expect(signVectors(language)).toEqual(VECTORS.map(({ link }) => link));
    }, 120_000);
  } else {
    console.log(`left out: the vectors in ${language.name}, which is not installed here`);
    it(`left out: signing every vector, since there is no ${language.name} here`, () => {});
  }

  it("names every field, and both first lines", () => {
    const code = codeBlock(language.name);
    for (const name of ["url", "hash", "site", "scope", "exp", "nbf", "ip", "kid"]) {
      expect(code).toMatch(new RegExp(`["']${name}["']`));
    }
    expect(code).toMatch(/["']snapbyte-link-v1["']/);
    expect(code).toMatch(/["']snapbyte-prefix-v1["']/);
  });
});
