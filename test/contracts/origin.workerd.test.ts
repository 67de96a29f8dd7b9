import { expect, inject, test } from "vitest";
import { fetchOrigin } from "../../src/platform/http/origin.ts";
import { originContract, originUrl, patient } from "./origin.contract.ts";

const base = inject("services").originUrl;

originContract("fetch", () => ({ origin: fetchOrigin(), base }));

// `cf-worker` is the runtime's, the two about caches come with `no-store`.
test("sends the URL as it stands, and of headers its own", async () => {
  const { header, body } = await fetchOrigin().open(originUrl(base, "/a//b/c%2Fd?x=1&y=%20z&y=2"), patient());
  await body?.cancel();
  const { method, url, headers } = JSON.parse(header("x-asked") ?? "");
  expect([method, url]).toEqual(["GET", "/a//b/c%2Fd?x=1&y=%20z&y=2"]);
  expect(headers).toEqual({
    host: new URL(base).host,
    "accept-encoding": "identity",
    "cache-control": "no-cache",
    "cf-worker": expect.any(String),
    pragma: "no-cache",
    "user-agent": "snapbyte",
  });
});
