import { describe, expect, it } from "vitest";
import { codeBlock, isInstalled, signVectors } from "./documented-signer.ts";
import { PYTHON } from "./languages.ts";
import { VECTORS } from "./vectors.ts";

describe("the document's Python", () => {
  if (isInstalled(PYTHON)) {
    it("signs every vector as it is written down", () => {
      expect(signVectors(PYTHON)).toEqual(VECTORS.map(({ link }) => link));
    });
  } else {
    console.log("left out: the vectors in Python, since there is no python3 here");
    it("left out: signing every vector, since there is no python3 here", () => {});
  }

  it("signs in ten lines", () => {
    const lines = codeBlock("python").split("\n");
    const body = lines.slice(lines.findIndex((line) => line.startsWith("def ")) + 1).filter((line) => line.trim());
    expect(body.length).toBeLessThanOrEqual(10);
  });
});
