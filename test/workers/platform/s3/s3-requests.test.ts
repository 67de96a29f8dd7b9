import { describe, expect, test } from "vitest";
import { BARE, newObjectKey, utf8 } from "../../../contracts/object-store.contract.ts";
import { answering, HIDDEN } from "./answering.ts";

const KEY = newObjectKey();
const GZIPPED = { ...BARE, contentType: "text/plain", contentEncoding: "gzip" };

/** The head of an object as a store with this endpoint is asked for it, and as a put of it goes out. */
async function asked(endpoint: string, presign = false) {
  const { store, asked } = answering([new Response(null, { headers: { "content-length": "5" } })], {
    endpoint,
    presign,
  });
  await store.put(KEY, utf8("hello"), GZIPPED);
  await store.head(KEY);
  const [put, head] = asked;
  if (!put || !head) throw new Error("nothing was asked");
  return { put, head };
}

describe("a request to a store", () => {
  test("is signed for its host, and over what S3 demands alone", async () => {
    const { put } = await asked("https://hidden-host.example:9000");
    const authorization = put.headers.get("authorization") ?? "";
    expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=HIDDENKEYID\/\d{8}\/auto\/s3\/aws4_request, /);
    expect(/SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(";")).toEqual([
      "host",
      "x-amz-content-sha256",
      "x-amz-date",
      "x-amz-meta-content-encoding",
      "x-amz-meta-etag",
      "x-amz-meta-kept",
    ]);
    expect(put.headers.get("x-amz-content-sha256")).toBe("UNSIGNED-PAYLOAD");
    expect(put.body).toBe("hello");
  });

  test("is for the region of the store's settings", async () => {
    const { store, asked } = answering([new Response(null)], { region: "eu-central-1", addressing: "virtual" });
    await store.delete(KEY);
    expect(asked[0]?.headers.get("authorization")).toContain("/eu-central-1/s3/aws4_request");
    expect(asked[0]?.url.hostname).toBe("hidden-bucket.hidden-host.example");
  });

  test("asks for ranges by their first and last byte", async () => {
    const answer = new Response("ell", { status: 206, headers: { "content-range": "bytes 1-3/5" } });
    const { store, asked } = answering([answer]);
    expect(await store.get(KEY, { offset: 1, length: 3 })).toMatchObject({ size: 5 });
    expect(asked[0]?.headers.get("range")).toBe("bytes=1-3");
  });

  test("goes out once, whatever is answered", async () => {
    const { store, asked } = answering([new Response(null, { status: 503 })]);
    await expect(store.head(KEY)).rejects.toThrow("503");
    await expect(store.put(KEY, utf8("x"), BARE)).rejects.not.toThrow(HIDDEN);
    expect(asked).toHaveLength(2);
  });
});

describe("what stores do not share", () => {
  test.each([
    ["https://s3.eu-central-1.amazonaws.com", "*", "identity"],
    ["https://storage.googleapis.com", null, "gzip"],
    ["https://s3.us-west-004.backblazeb2.com", null, "identity"],
  ])("%s", async (endpoint, ifNoneMatch, acceptEncoding) => {
    const { put, head } = await asked(endpoint);
    expect(put.headers.get("if-none-match")).toBe(ifNoneMatch);
    expect(head.headers.get("accept-encoding")).toBe(acceptEncoding);
    expect(put.headers.get("accept-encoding")).toBe("identity");
    expect(head.headers.get("if-none-match")).toBeNull();
  });

  test("is who sees the coding: a store that clients are sent to", async () => {
    expect((await asked("https://storage.googleapis.com", true)).put.headers.get("content-encoding")).toBe("gzip");
    expect((await asked("https://storage.googleapis.com", false)).put.headers.get("content-encoding")).toBeNull();
  });
});
