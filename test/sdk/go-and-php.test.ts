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

  it("names every field, both first lines, and both versions of them", () => {
    const code = codeBlock(language.name);
    for (const name of ["url", "hash", "site", "scope", "exp", "nbf", "ip", "tags", "kid"]) {
      expect(code).toMatch(new RegExp(`["']${name}["']`));
    }
    for (const line of ["snapbyte-link-", "snapbyte-prefix-"]) expect(code).toContain(`"${line}`);
    for (const version of ["v1", "v2"]) expect(code).toMatch(new RegExp(`["']${version}["']`));
  });
});
