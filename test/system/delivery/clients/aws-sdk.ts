import { GetObjectCommand, type GetObjectCommandOutput, S3Client } from "@aws-sdk/client-s3";
import { beforeAll, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { publish, sha256 } from "../../stack/objects.ts";
import { requestsFor } from "../../stack/origin-log.ts";
import { askProxy, untilHit } from "../../stack/requests.ts";
import { noise } from "./samples.ts";

const BYTES = 20 * 2 ** 20 + 5;
const PART_BYTES = 5 * 2 ** 20;

/** AWS's SDK, which gets an object by the presigned URL that our redirect leads to. */
export function awsSdk(stack: () => Stack): void {
  const site = () => ({ extra: { site: stack().presigned.tenant } });
  const body = noise("aws-sdk", BYTES);
  let url = "";
  beforeAll(async () => {
    url = await publish(stack(), "aws-sdk.bin", body, { ContentType: "application/x-noise" });
  });
  const copy = async () => (await untilHit(stack(), url, site())).location;

  it("gets the object from the origin where there is no copy yet", async () => {
    const { location } = await askProxy(stack(), url, site());
    expect(location).toBe(url);
    expect(await digest(await getObject(location))).toBe(sha256(body));
  });

  it("gets the copy, with what is kept beside it", async () => {
    const answer = await getObject(await copy());
    expect(answer).toMatchObject({ ContentLength: BYTES, ContentType: "application/x-noise" });
    expect(answer.ETag).toMatch(/^"[0-9a-f]{32}(-\d+)?"$/);
    expect(await digest(answer)).toBe(sha256(body));
  });

  it("gets the copy part by part, side by side, each only while the copy is the same", async () => {
    const link = await copy();
    const { ETag = "" } = await getObject(link, { Range: "bytes=0-0" });
    const before = (await requestsFor(stack(), url)).length;
    const starts = Array.from({ length: Math.ceil(BYTES / PART_BYTES) }, (_, part) => part * PART_BYTES);
    const parts = starts.map(async (start) => {
      const end = Math.min(start + PART_BYTES, BYTES) - 1;
      const answer = await getObject(link, { Range: `bytes=${start}-${end}`, IfMatch: ETag });
      expect(answer.ContentRange).toBe(`bytes ${start}-${end}/${BYTES}`);
      return await bytesOf(answer);
    });
    expect(sha256(Buffer.concat(await Promise.all(parts)))).toBe(sha256(body));
    expect((await requestsFor(stack(), url)).length).toBe(before);
  });

  it("is told in its own way that a range or a condition does not fit", async () => {
    const link = await copy();
    await expect(getObject(link, { Range: `bytes=${BYTES}-` })).rejects.toMatchObject({ name: "InvalidRange" });
    await expect(getObject(link, { IfMatch: '"another"' })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 412 },
    });
  });
}

/** What a download may say beside its address: the SDK's own fields are not part of the presigned signature. */
const SENT = ["range", "if-match"];

/** `GetObject` by a presigned URL: that URL is what stands in for the SDK's signature. */
async function getObject(
  link: string,
  wish: { readonly Range?: string; readonly IfMatch?: string } = {},
): Promise<GetObjectCommandOutput> {
  const { protocol, hostname, port, host, pathname, searchParams } = new URL(link);
  const client = new S3Client({
    region: "auto",
    maxAttempts: 1,
    // Asked for, and used for nothing.
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    signer: {
      sign: async (request) => ({
        ...request,
        ...{ protocol, hostname, port: Number(port), path: pathname, query: Object.fromEntries(searchParams) },
        headers: {
          host,
          ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => SENT.includes(name))),
        },
      }),
    },
  });
  return await client.send(new GetObjectCommand({ Bucket: "any", Key: "any", ...wish }));
}

async function bytesOf({ Body }: GetObjectCommandOutput): Promise<Uint8Array> {
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

async function digest(answer: GetObjectCommandOutput): Promise<string> {
  return sha256(await bytesOf(answer));
}
