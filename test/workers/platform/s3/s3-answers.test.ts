import { describe, expect, test } from "vitest";
import { ChecksumRefused, type ObjectStore, UploadGone } from "../../../../src/ports/object-store.ts";
import { BARE, HELLO, newObjectKey, utf8 } from "../../../contracts/object-store.contract.ts";
import { answering, HIDDEN, refusal } from "./answering.ts";

const KEY = newObjectKey();
const ETAG = { etag: '"part"' };
const NO_BODY = new Response(null);

/** Everything that can be asked of a store. */
const CALLS: readonly (readonly [string, (store: ObjectStore) => Promise<unknown>])[] = [
  ["put", (store) => store.put(KEY, utf8("hello"), BARE)],
  ["head", (store) => store.head(KEY)],
  ["get", (store) => store.get(KEY, null)],
  ["get a range", (store) => store.get(KEY, { offset: 1, length: 2 })],
  ["delete", (store) => store.delete(KEY)],
  ["list", (store) => store.list({ cursor: null, limit: 10 })],
  ["create an upload", (store) => store.createMultipart(KEY, BARE)],
  ["upload a part", (store) => store.resumeMultipart(KEY, "id").uploadPart(1, utf8("x"))],
  ["complete", (store) => store.resumeMultipart(KEY, "id").complete([{ number: 1, etag: '"x"' }])],
  ["abort", (store) => store.resumeMultipart(KEY, "id").abort()],
];

/** All that an error says, to whoever prints it and its causes. */
function told(error: unknown): string {
  const { message, stack, cause } = error as Error;
  return [message, stack, JSON.stringify(error), cause === undefined ? "" : told(cause)].join("\n");
}

async function failure(work: Promise<unknown>): Promise<Error> {
  return await work.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: Error) => error,
  );
}

describe("an error tells neither the store's address nor its key", () => {
  test.each(CALLS)("that the store answers: %s", async (_, call) => {
    for (const answer of [refusal(403, "AccessDenied"), refusal(503, "SlowDown"), refusal(404, "NoSuchBucket")]) {
      const error = await failure(call(answering([answer]).store));
      expect(told(error)).not.toMatch(HIDDEN);
      expect(told(error)).toMatch(/AccessDenied|SlowDown|NoSuchBucket/);
    }
  });

  test.each(CALLS)("of a store that cannot be reached: %s", async (_, call) => {
    const lost = new Error("cannot connect to hidden-host.example:9000/hidden-bucket as HIDDENKEYID", {
      cause: new Error("hidden-host.example"),
    });
    const error = await failure(call(answering([lost]).store));
    expect(told(error)).not.toMatch(HIDDEN);
    expect(error.message).toContain("cannot be reached");
  });

  test.each(CALLS)("that leads elsewhere, which nobody follows: %s", async (_, call) => {
    const location = "https://hidden-host.example/elsewhere";
    const { store, asked } = answering([new Response(null, { status: 307, headers: { location } })]);
    expect(told(await failure(call(store)))).not.toMatch(HIDDEN);
    expect(asked).toHaveLength(1);
  });

  test("in a document that is none, or of which nobody sees an end", async () => {
    const long = new Response(`<Error><Code>Hidden</Code></Error>${"x".repeat(20_000)}`, {
      status: 500,
      headers: { "content-length": "20034" },
    });
    for (const answer of [new Response("hidden-host is down", { status: 502 }), long, refusal(500, "hidden host")]) {
      expect(told(await failure(answering([answer]).store.get(KEY, null)))).not.toMatch(HIDDEN);
    }
  });
});

describe("what is not there", () => {
  test("is null, and no error to delete or to abort", async () => {
    expect(await answering([refusal(404, "NoSuchKey")]).store.get(KEY, null)).toBeNull();
    expect(
      await answering([new Response(null, { status: 404 }), refusal(404, "NoSuchKey")]).store.head(KEY),
    ).toBeNull();
    await answering([refusal(404, "NoSuchKey")]).store.delete(KEY);
    await answering([refusal(404, "NoSuchUpload")])
      .store.resumeMultipart(KEY, "id")
      .abort();
  });

  test("is not known where the bucket is not there", async () => {
    const head = answering([new Response(null, { status: 404 }), refusal(404, "NoSuchBucket")]).store.head(KEY);
    await expect(head).rejects.toThrow("NoSuchBucket");
  });
});

describe("a digest that was declared", () => {
  test.each([
    ["<CalculatedDigest>XUFAKrxLKna5cZ2REBfFkg==</CalculatedDigest>", HELLO.md5],
    [`<CalculatedDigest>${HELLO.md5.toUpperCase()}</CalculatedDigest>`, HELLO.md5],
    [`<Detail>Actual MD5 was: ${HELLO.md5}</Detail>`, HELLO.md5],
    ["", "another"],
    ["<CalculatedDigest>hidden</CalculatedDigest>", "another"],
  ])("is refused in the store's own way: %s", async (more, found) => {
    const { store } = answering([refusal(400, "BadDigest", more)]);
    const error = await failure(store.put(KEY, utf8("hello"), BARE, { md5: "0".repeat(32) }));
    expect(error).toBeInstanceOf(ChecksumRefused);
    expect(error.message).toBe(`the md5 of the bytes is ${found}, and ${"0".repeat(32)} was declared`);
  });

  test("goes to the store as Content-MD5, and no other does", async () => {
    const { store, asked } = answering([NO_BODY]);
    await store.put(KEY, utf8("hello"), BARE, { md5: HELLO.md5 });
    await store.put(KEY, utf8("hello"), BARE, HELLO);
    expect(asked.map(({ headers }) => headers.get("content-md5"))).toEqual(["XUFAKrxLKna5cZ2REBfFkg==", null]);
    expect([...(asked[1]?.headers.keys() ?? [])].filter((name) => name.includes("checksum"))).toEqual([]);
  });

  test("of SHA is compared before the store has all bytes", async () => {
    const { store, asked } = answering([NO_BODY]);
    const refused = store.put(KEY, utf8("hello"), BARE, { sha1: "0".repeat(40) });
    await expect(refused).rejects.toThrow(ChecksumRefused);
    expect(asked).toEqual([]);
  });
});

describe("parts are joined", () => {
  const parts = [{ number: 1, etag: '"a&b"' }];
  const complete = (answer: Response) => answering([answer]).store.resumeMultipart(KEY, "id").complete(parts);

  test("under their names, as XML has them", async () => {
    const { store, asked } = answering([
      new Response("<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"),
    ]);
    await store.resumeMultipart(KEY, "i d+/=").complete(parts);
    expect(asked[0]?.url.searchParams.get("uploadId")).toBe("i d+/=");
    expect(asked[0]?.url.search).not.toContain("+");
    expect(asked[0]?.body).toContain("<PartNumber>1</PartNumber><ETag>&#34;a&#38;b&#34;</ETag>");
  });

  test.each([
    ["InternalError", errorDocument("InternalError"), Error],
    ["NoSuchUpload", errorDocument("NoSuchUpload"), UploadGone],
    ["nothing", "", Error],
    ["half of it", "<CompleteMultipartUploadResult><ETag>", Error],
  ])("only where the body of a 200 says so, and not: %s", async (_, document, kind) => {
    await expect(complete(new Response(document))).rejects.toThrow(kind);
  });

  test.each(["NoSuchUpload", "InvalidPart"])("no more after %s", async (code) => {
    await expect(complete(refusal(404, code))).rejects.toThrow(UploadGone);
  });
});

function errorDocument(code: string): string {
  return `<?xml version="1.0"?>\n<Error><Code>${code}</Code></Error>`;
}

describe("an answer that cannot be right is refused", () => {
  const bytes = (headers: Record<string, string>, status = 200) => new Response("ello", { status, headers });

  test.each([
    ["the whole in the place of a range", bytes({ "content-length": "5" })],
    ["another range", bytes({ "content-range": "bytes 0-3/5" }, 206)],
    ["a shorter range", bytes({ "content-range": "bytes 1-3/5" }, 206)],
    ["a range of a whole that has no length", bytes({ "content-range": "bytes 1-4/*" }, 206)],
    ["a range that is not told", bytes({}, 206)],
  ])("%s", async (_, answer) => {
    await expect(answering([answer]).store.get(KEY, { offset: 1, length: 4 })).rejects.toThrow("range");
  });

  test("an object whose length is not told, or a part in its place", async () => {
    const stream = new Response(new Blob(["hello"]).stream());
    const range = bytes({ "content-length": "4", "content-range": "bytes 1-4/5" }, 206);
    for (const answer of [stream, range]) {
      await expect(answering([answer]).store.get(KEY, null)).rejects.toThrow("how long");
    }
  });

  test.each([
    ["no listing", "<html></html>"],
    ["one that goes on nowhere", "<IsTruncated>true</IsTruncated>"],
    ["one whose objects have no size", "<IsTruncated>false</IsTruncated><Contents><Key>a</Key></Contents>"],
  ])("%s", async (_, document) => {
    const { store } = answering([new Response(document)]);
    await expect(store.list({ cursor: null, limit: 10 })).rejects.toThrow("a listing");
  });

  test("a part without an ETag, and an upload without an id", async () => {
    const part = answering([NO_BODY]).store.resumeMultipart(KEY, "id").uploadPart(1, utf8("x"));
    await expect(part).rejects.toThrow("ETag");
    await expect(answering([NO_BODY]).store.createMultipart(KEY, BARE)).rejects.toThrow("id");
    const good = answering([new Response(null, { headers: ETAG })]).store.resumeMultipart(KEY, "id");
    expect(await good.uploadPart(1, utf8("x"))).toBe('"part"');
  });
});
