import { createRequire } from "node:module";

/** As in Alibaba's documents. */
export const OSS_SECRET = {
  kind: "oss-secret",
  accessKeyId: "LTAIEXAMPLE",
  accessKeySecret: "yourAccessKeySecret",
} as const;

export const ODD_KEYS = [
  "dir/a b+c.mp4",
  "a//b.mp4",
  "100%.txt",
  "(1)!*'.txt",
  "größe/日本語.txt",
  "~-_.txt",
  "a&b=c;d,e:f@g$h#i.txt",
];

type Queries = Readonly<Record<string, string | number | null>>;

type Client = {
  signatureUrl(key: string, options: object): string;
  signatureUrlV4(
    method: string,
    expires: number,
    request: { queries: Queries; headers?: Record<string, string> },
    key: string,
    headers: readonly string[],
  ): Promise<string>;
};

/** The package comes without types. */
const OSS: new (options: object) => Client = createRequire(import.meta.url)("ali-oss");

const client = new OSS({ ...OSS_SECRET, region: "oss-cn-hangzhou", bucket: "media", secure: true });

/** A link of the vendor's SDK, for an hour from now: the clock must stand at noon. */
export function sdkLinkV1(key: string, options: object = {}): string {
  return client.signatureUrl(key, { expires: 3600, ...options });
}

/** The same in the fourth version; `host` signs the host along, `expires` in seconds. */
export async function sdkLinkV4(
  key: string,
  { queries = {}, host, expires = 3600 }: { queries?: Queries; host?: string; expires?: number } = {},
): Promise<string> {
  const request = { queries, ...(host !== undefined && { headers: { host } }) };
  return await client.signatureUrlV4("GET", expires, request, key, host === undefined ? [] : ["host"]);
}
