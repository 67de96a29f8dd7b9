import { expect, inject, test } from "vitest";
import { fetchOrigin } from "../../src/platform/http/origin.ts";
import type { OriginFields } from "../../src/ports/origin.ts";
import { originContract, originUrl, patient } from "./origin.contract.ts";
import { originFieldsContract } from "./origin-fields.contract.ts";

const base = inject("services").originUrl;

originContract("fetch", () => ({ origin: fetchOrigin(), base }));
originFieldsContract("fetch", () => ({ origin: fetchOrigin(), base }));

async function asked(path: string, fields: OriginFields) {
  const { header, body } = await fetchOrigin().open(originUrl(base, path), fields, patient());
  await body?.cancel();
  return JSON.parse(header("x-asked") ?? "");
}

// `cf-worker` is the runtime's, the two about caches come with `no-store`.
const OURS = {
  host: new URL(base).host,
  "accept-encoding": "identity",
  "cache-control": "no-cache",
  "cf-worker": expect.any(String),
  pragma: "no-cache",
  "user-agent": "snapbyte",
};

test("sends the URL as it stands, and of headers its own", async () => {
  const { method, url, headers } = await asked("/a//b/c%2Fd?x=1&y=%20z&y=2", {});
  expect([method, url]).toEqual(["GET", "/a//b/c%2Fd?x=1&y=%20z&y=2"]);
  expect(headers).toEqual(OURS);
});

test("sends the fields that it is given, letter for letter", async () => {
  const { headers } = await asked("/whole-only", { range: "bytes=5-", ifMatch: '"a"', ifNoneMatch: 'W/"b", "c"' });
  expect(headers).toEqual({ ...OURS, range: "bytes=5-", "if-match": '"a"', "if-none-match": 'W/"b", "c"' });
});
