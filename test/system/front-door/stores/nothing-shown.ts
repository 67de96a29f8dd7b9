import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { searchFiles } from "../../stack/search-files.ts";
import type { MoreStores } from "./more-stores.ts";

/** Larger answers are the tests' own bytes, in bytes. */
const LOOKED_AT_BYTES = 100_000;

/** Keeps what the stack answers to the tests of this file. */
export function withAnswersKept(): () => readonly string[] {
  const answers: string[] = [];
  beforeAll(() => {
    const real = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      const response = await real(input, init);
      const { url, status, headers } = response;
      const length = Number(headers.get("content-length") ?? 0);
      const body = length > LOOKED_AT_BYTES ? "" : await response.clone().text();
      answers.push(`${status} of ${new URL(url).pathname}\n${JSON.stringify([...headers])}\n${body}`);
      return response;
    });
  });
  afterAll(() => vi.restoreAllMocks());
  return () => answers;
}

/** What nobody may learn of the hidden store; and of the other, that its secret. */
function hiddenTexts({ hidden, shown }: MoreStores): string[] {
  const { endpoint, bucket, accessKeyId, secretAccessKey } = hidden.settings;
  return [new URL(endpoint).host, bucket, accessKeyId, secretAccessKey, shown.settings.secretAccessKey];
}

/** Of all that happened before: nothing that was answered, logged or kept holds where the hidden store is, or its key. */
export function nothingShown(stack: () => Stack, stores: () => MoreStores, answers: () => readonly string[]): void {
  const state = () => dirname(stack().originLog);

  it("no answer tells it", () => {
    expect(answers().length).toBeGreaterThan(20);
    for (const text of hiddenTexts(stores())) {
      expect(answers().filter((answer) => answer.includes(text))).toEqual([]);
    }
  });

  it("no line of the log tells it", () => {
    const lines = readFileSync(join(state(), "workers.log"), "utf8").split("\n");
    expect(lines.some((line) => line.includes("cannot be reached"))).toBe(true);
    for (const text of hiddenTexts(stores())) expect(lines.filter((line) => line.includes(text))).toEqual([]);
  });

  it("nothing that is kept tells it", async () => {
    for (const kept of ["workers", "postgres"]) {
      expect(await searchFiles(join(state(), kept), hiddenTexts(stores()))).toEqual([]);
    }
  });
}
