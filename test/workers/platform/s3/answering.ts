import { afterEach, vi } from "vitest";
import { digestStreamHash } from "../../../../src/platform/cloudflare/digest-stream-hash.ts";
import { s3ObjectStore } from "../../../../src/platform/s3/s3-object-store.ts";
import type { S3Settings } from "../../../../src/platform/s3/s3-settings.ts";
import type { ObjectStore } from "../../../../src/ports/object-store.ts";

export const SECRETIVE: S3Settings = {
  endpoint: "https://hidden-host.example:9000",
  bucket: "hidden-bucket",
  accessKeyId: "HIDDENKEYID",
  secretAccessKey: "hidden-secret",
};

/** What must not be seen of it. */
export const HIDDEN = /hidden/i;

export type Asked = { readonly url: URL; readonly method: string; readonly headers: Headers; readonly body: string };

/**
 * A store that answers as it is told, one answer for each request, the last one for all that follow; `asked` is what was
 * asked. For answers that the store of the contract does not give.
 */
export function answering(answers: readonly (Response | Error)[], settings: Partial<S3Settings> = {}) {
  const asked: Asked[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as string, init as RequestInit);
    const { method, headers, url } = request;
    asked.push({ url: new URL(url), method, headers, body: await request.text() });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (!answer || answer instanceof Error) throw answer ?? new Error("nothing was to be asked");
    return answer.clone();
  });
  const store: ObjectStore = s3ObjectStore({ ...SECRETIVE, ...settings }, digestStreamHash);
  return { store, asked };
}

afterEach(() => {
  vi.restoreAllMocks();
});

/** An answer of the kind that tells everything. */
export function refusal(status: number, code: string, more = ""): Response {
  const { bucket, endpoint, accessKeyId } = SECRETIVE;
  const document = `<Error><Code>${code}</Code><Message>${bucket} at ${endpoint}</Message>${more}
    <BucketName>${bucket}</BucketName><AWSAccessKeyId>${accessKeyId}</AWSAccessKeyId><HostId>x</HostId></Error>`;
  return new Response(document, { status });
}
