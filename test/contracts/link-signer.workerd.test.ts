import { AwsClient } from "aws4fetch";
import { expect, inject, test } from "vitest";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { objectKey } from "../../src/core/entry.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { type Link, readLinkToken } from "../../src/core/link.ts";
import { edgeLinks } from "../../src/platform/http/edge-link.ts";
import { presignedLinks } from "../../src/platform/s3/presigned-link.ts";
import { NOON, SECOND } from "../core/samples.ts";
import { newKey } from "./keys.ts";
import { linkSignerContract, linkTo } from "./link-signer.contract.ts";

const ring = parseKeyRing(`7:${"A".repeat(43)}`);
if (!ring) throw new Error("the key ring of this test is not valid");
const { s3 } = inject("services");

linkSignerContract("edge", async () => ({
  signer: edgeLinks(ring),
  async follow(address) {
    const [, token = ""] =
      /^\/f\/([A-Za-z0-9_-]+)\/a%20b;v=1\.mp4$|^\/f\/([^/]+)\/file$/.exec(address)?.filter(Boolean) ?? [];
    const link = await readLinkToken(ring, token);
    return link && { entry: keyText(link.key), generation: link.generation };
  },
}));

test("an edge link is the same for the same link", async () => {
  const link = linkTo(newKey());
  const sign = () => edgeLinks(ring).sign(link, "file", "GET");
  expect(await sign()).toBe(await sign());
});

linkSignerContract("presigned, at an S3 that checks signatures", async (links) => {
  for (const link of links) await store(link);
  return { signer: presignedLinks(s3, Date), follow };
});

async function store(link: Link): Promise<void> {
  const { accessKeyId, secretAccessKey } = s3;
  const client = new AwsClient({ accessKeyId, secretAccessKey, service: "s3", region: "auto", retries: 0 });
  const key = objectKey(link.key, link.generation);
  const answer = await client.fetch(`${s3.endpoint}/${s3.bucket}/${key}`, {
    method: "PUT",
    body: key,
    headers: { "x-amz-meta-copy": key },
  });
  expect(answer.status).toBe(200);
}

async function follow(address: string, method: string) {
  const answer = await fetch(address, { method });
  const copy = answer.headers.get("x-amz-meta-copy");
  await answer.body?.cancel();
  if (answer.status !== 200 || copy === null) return null;
  const [tenant, id, generation = ""] = copy.split("/");
  return { entry: `${tenant}/${id}`, generation };
}

test("a presigned link serves one method, one object, one key and its life", async () => {
  const link = linkTo(newKey());
  await store(link);
  const get = await presignedLinks(s3, Date).sign(link, "file", "GET");
  const signer = presignedLinks({ ...s3, secretAccessKey: "guessed" }, Date);
  const hourAgo = { now: () => Date.now() - 3_700 * SECOND };
  const ended = await presignedLinks(s3, hourAgo).sign({ ...link, expiresAt: Date.now() - 60 * SECOND }, "file", "GET");
  expect(await follow(get, "GET")).not.toBeNull();
  expect(await follow(get, "HEAD")).toBeNull();
  expect(await follow(get.replace("g-1", "g-2"), "GET")).toBeNull();
  expect(await follow(await signer.sign(link, "file", "GET"), "GET")).toBeNull();
  expect(await follow(ended, "GET")).toBeNull();
});

test("a presigned link asks the store for the presentation of its link, under its signature", async () => {
  const presentation = {
    contentType: "text/x-c++; charset=utf-8",
    contentDisposition: 'attachment; filename="a b+c.txt"',
    contentLanguage: "de",
  };
  const link = linkTo(newKey(), { presentation });
  await store(link);
  const address = await presignedLinks(s3, Date).sign(link, "file", "GET");
  // The local store accepts the signature over these, and presents nothing: that is the platform's to show.
  expect(await follow(address, "GET")).not.toBeNull();
  expect(Object.fromEntries(new URL(address).searchParams)).toMatchObject({
    "response-content-type": presentation.contentType,
    "response-content-disposition": presentation.contentDisposition,
    "response-content-language": presentation.contentLanguage,
  });
});

test("a presigned link is for the region and the address of its store", async () => {
  const settings = { ...s3, endpoint: "https://s3.example", bucket: "copies" };
  const link = linkTo(newKey(), { generation: "near.g-1" });
  const near = presignedLinks({ ...settings, region: "eu-central-1", addressing: "virtual" }, Date);
  const url = new URL(await near.sign(link, "file", "GET"));
  expect(url.origin + url.pathname).toBe(`https://copies.s3.example/${objectKey(link.key, "near.g-1")}`);
  expect(url.searchParams.get("X-Amz-Credential")).toMatch(/\/eu-central-1\/s3\/aws4_request$/);
  const plain = new URL(await presignedLinks(settings, Date).sign(link, "file", "GET"));
  expect(plain.origin + plain.pathname).toBe(`https://s3.example/copies/${objectKey(link.key, "near.g-1")}`);
  expect(plain.searchParams.get("X-Amz-Credential")).toMatch(/\/auto\/s3\/aws4_request$/);
});

test.each([
  [NOON + 90 * SECOND, "90"],
  [NOON + 90 * SECOND + 999, "90"],
  [NOON + 1, "1"],
  [NOON - SECOND, "1"],
  [NOON + 30 * 24 * 3600 * SECOND, "604800"],
])("a presigned link that ends at %i is signed for %s seconds", async (expiresAt, seconds) => {
  const link = linkTo(newKey(), { expiresAt });
  const url = new URL(await presignedLinks(s3, { now: () => NOON }).sign(link, "file", "GET"));
  expect(url.searchParams.get("X-Amz-Expires")).toBe(seconds);
});
