import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { call, refusal } from "../settings/settings-calls.ts";

const keys = (count: number) => Array.from({ length: count }, (_, at) => `key-${at}`);

const REFUSED: readonly [string, unknown][] = [
  ["no selector", {}],
  ["nothing but soft", { soft: true }],
  ["two selectors", { tag: "a", prefix: "a" }],
  ["all that is not", { all: false }],
  ["all and something else", { all: true, keys: ["a"] }],
  ["no keys", { keys: [] }],
  ["too many keys", { keys: keys(1001) }],
  ["an empty key", { keys: ["a", ""] }],
  ["a key that is too long", { keys: ["é".repeat(257)] }],
  ["a key with a control character", { keys: ["a\u0000b"] }],
  ["an empty prefix", { prefix: "" }],
  ["a prefix with half a character", { prefix: "\ud800" }],
  ["a prefix of URLs without a host", { url_prefix: "https://" }],
  ["a prefix of URLs with a query", { url_prefix: "https://a.example/?b" }],
  ["a prefix of no URL", { url_prefix: "/media/" }],
  ["a tag with a space", { tag: "a b" }],
  ["several tags in one", { tag: "a,b" }],
  ["an origin that is no number", { origin: "1" }],
  ["an origin below the first", { origin: 0 }],
  ["softness that is not yes or no", { all: true, soft: "yes" }],
  ["something else", { everything: true }],
];

/** What is refused, and purges nothing. */
export function badPurges(stack: () => Stack): void {
  it.each(REFUSED)("is %s", async (_, body) => {
    const refused = refusal(await call(stack(), "POST", "/purge", body));
    expect(refused).toMatchObject({ status: 400, code: expect.stringMatching(/^(INVALID|MISSING)_FIELD$/) });
  });

  it("is an origin that the tenant has not", async () => {
    expect(refusal(await call(stack(), "POST", "/purge", { origin: 2_147_483_648 }))).toMatchObject({ status: 404 });
  });

  it("is a purge that nobody asked for", async () => {
    for (const id of ["never", "a".repeat(65), "%00", "a%2Fb"]) {
      expect(refusal(await call(stack(), "GET", `/purge/${id}`))).toMatchObject({ status: 404 });
    }
  });

  it("is a call without a key", async () => {
    for (const [method, path] of [
      ["POST", "/purge"],
      ["GET", "/purge/a"],
      ["GET", "/audit"],
    ] as const) {
      const refused = await call(stack(), method, path, method === "POST" ? { all: true } : undefined, { key: null });
      expect(refusal(refused)).toMatchObject({ status: 401 });
    }
  });

  it("is a soft that is not yes or no", async () => {
    expect(refusal(await call(stack(), "DELETE", "/cache/a?soft=maybe"))).toMatchObject({ status: 400 });
  });
}
