import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHUNK_BYTES, searchFiles } from "../stack/search-files.ts";
import { noteSignature, noteSignaturesOf } from "../stack/signatures.ts";
import { temporaryState } from "../stack/with-stack.ts";

const WANTED = "c0ffee/recognisable+signature==";

describe("the search for secrets in a stack's state", () => {
  let state: Awaited<ReturnType<typeof temporaryState>>;
  beforeAll(async () => {
    state = await temporaryState();
    await mkdir(join(state.path, "deep/down"), { recursive: true });
  });
  afterAll(() => state.remove());

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 1_001])("finds one behind %i bytes", async (count) => {
    const file = join(state.path, "deep/down/blob");
    await writeFile(file, Buffer.concat([Buffer.alloc(count, 0xff), Buffer.from(`${WANTED}\0rest`)]));
    const before = "\u00ff".repeat(Math.min(count, 40));
    expect(await searchFiles(state.path, ["x".repeat(64), WANTED])).toEqual([{ file, text: WANTED, before }]);
  });

  it.each([WANTED.length, 1, WANTED.length + 1, WANTED.length + 40])(
    "finds one that begins %i bytes before a chunk's end",
    async (count) => {
      const file = join(state.path, "deep/down/blob");
      await writeFile(file, `${"x".repeat(CHUNK_BYTES - count)}${WANTED}`);
      expect(await searchFiles(state.path, [WANTED])).toMatchObject([{ file, text: WANTED }]);
    },
  );

  it("finds one that is the whole file, and none in a file that holds only a part", async () => {
    const file = join(state.path, "deep/down/blob");
    await writeFile(file, WANTED);
    expect(await searchFiles(state.path, [WANTED])).toHaveLength(1);
    await writeFile(file, WANTED.slice(0, -1));
    expect(await searchFiles(state.path, [WANTED])).toEqual([]);
    await writeFile(file, WANTED.slice(1));
    expect(await searchFiles(state.path, [WANTED])).toEqual([]);
    await writeFile(file, "");
    expect(await searchFiles(state.path, [WANTED])).toEqual([]);
  });

  it("passes over what is removed while it looks", async () => {
    const files = Array.from({ length: 40 }, (_, at) => join(state.path, `deep/passing-${at}`));
    await Promise.all(files.map((file) => writeFile(file, "x")));
    const searching = searchFiles(state.path, [WANTED]);
    await Promise.all(files.toReversed().map((file) => rm(file)));
    expect(await searching).toEqual([]);
  });

  it("takes nothing that is too short to be told from chance", async () => {
    expect(() => noteSignature("short")).toThrow(/too short/);
    await expect(searchFiles(state.path, ["short"])).rejects.toThrow(/too short/);
  });
});

describe("the end of a stack", () => {
  const signature = "planted/0123456789+abcdefghij";
  const encoded = encodeURIComponent(signature);

  it.each<[string, string]>([
    ["as it is", signature],
    ["percent-encoded", encoded],
    ["percent-encoded in lower case", encoded.toLowerCase()],
    ["percent-encoded twice", encodeURIComponent(encoded)],
    ["behind an encoded sign", `X-Amz-Signature%3D${signature}`],
  ])("fails when its state holds a signature %s, and goes all the same", async (_, planted) => {
    const state = await temporaryState();
    await writeFile(join(state.path, "workers.log"), `GET /proxy?url=http://127.0.0.1/?sig=${planted}&x 302`);
    noteSignaturesOf(`http://127.0.0.1/proxy?url=${encodeURIComponent(`http://127.0.0.1/a?sig=${encoded}`)}`);
    await expect(state.remove()).rejects.toThrow(
      /^secrets rest in clear, \d times:\n {2}planted.* in workers\.log, behind "/,
    );
    expect(existsSync(state.path)).toBe(false);
  });

  it("is silent when there is none", async () => {
    const state = await temporaryState();
    await writeFile(join(state.path, "workers.log"), "planted/0123456789");
    await state.remove();
    expect(existsSync(state.path)).toBe(false);
  });
});
