import { describe, expect, inject, test } from "vitest";
import { digestStreamHash } from "../../../../src/platform/cloudflare/digest-stream-hash.ts";
import { s3DirectUploads } from "../../../../src/platform/s3/direct-uploads.ts";
import { s3ObjectStore } from "../../../../src/platform/s3/s3-object-store.ts";
import { UploadGone } from "../../../../src/ports/object-store.ts";
import { BARE, newObjectKey, readText } from "../../../contracts/object-store.contract.ts";
import { HOUR, NOON } from "../../../core/samples.ts";
import { answering, HIDDEN, refusal, SECRETIVE } from "./answering.ts";

const { s3 } = inject("services");

/** Uploads to a store that answers so. */
function direct(answers: readonly (Response | Error)[]) {
  const { asked } = answering(answers);
  return { uploads: s3DirectUploads(SECRETIVE, { now: () => NOON }), asked };
}

const part = (number: number) =>
  `<Part><PartNumber>${number}</PartNumber><ETag>"e${number}"</ETag><Size>7</Size></Part>`;
const page = (parts: string, next: string | null) =>
  new Response(
    `<ListPartsResult><IsTruncated>${next !== null}</IsTruncated><NextPartNumberMarker>${next ?? 0}</NextPartNumberMarker>${parts}</ListPartsResult>`,
  );

describe("where a client puts a part", () => {
  test("is an address that the store takes, for that part and no other", async () => {
    const [store, key] = [s3ObjectStore(s3, digestStreamHash), newObjectKey()];
    const upload = await store.createMultipart(key, BARE);
    const url = s3DirectUploads(s3, Date).partUrl(key, upload.id, { number: 1, bytes: 5 }, Date.now() + HOUR);
    const other = url.replace("partNumber=1", "partNumber=2");
    expect((await fetch(other, { method: "PUT", body: "other" })).status).toBe(403);
    const put = await fetch(url, { method: "PUT", body: "hello" });
    expect(put.status).toBe(200);
    await upload.complete([{ number: 1, etag: (put.headers.get("ETag") ?? "").replaceAll('"', "") }]);
    expect(await readText(store, key)).toBe("hello");
  });

  test("ends when it was told to", () => {
    const { uploads } = direct([]);
    const query = new URL(uploads.partUrl("a/b c", "u&1", { number: 7, bytes: 3 }, NOON + HOUR)).searchParams;
    expect([query.get("X-Amz-Expires"), query.get("partNumber"), query.get("uploadId")]).toEqual(["3600", "7", "u&1"]);
    expect(query.get("X-Amz-SignedHeaders")).toBe("content-length;host");
  });
});

describe("the parts that a store tells of", () => {
  test("come page by page", async () => {
    const { uploads, asked } = direct([page(part(1) + part(2), "2"), page(part(5), null)]);
    expect(await uploads.parts("a", "u")).toEqual(
      [1, 2, 5].map((number) => ({ number, etag: `"e${number}"`, bytes: 7 })),
    );
    expect(asked.map(({ url }) => url.searchParams.get("part-number-marker"))).toEqual([null, "2"]);
    expect(asked[0]?.url.searchParams.get("uploadId")).toBe("u");
  });

  test("are none of an upload that is gone", async () => {
    await expect(direct([refusal(404, "NoSuchUpload")]).uploads.parts("a", "u")).rejects.toThrow(UploadGone);
  });

  test("are not told by every store", async () => {
    expect(await direct([refusal(501, "NotImplemented")]).uploads.parts("a", "u")).toBeNull();
  });

  test.each([
    ["refuses", refusal(403, "AccessDenied")],
    ["sends something else", new Response("<ListPartsResult><Part></Part></ListPartsResult>")],
    ["cannot be reached", new Error(`connect ${SECRETIVE.endpoint}`)],
  ])("are an error that hides the store when it %s", async (_, answer) => {
    const error = await direct([answer])
      .uploads.parts("a", "u")
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(String((error as Error).message)).not.toMatch(HIDDEN);
  });
});
