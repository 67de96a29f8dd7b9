import { describe, expect, test } from "vitest";
import { verifySigV2 } from "../../../src/core/verify/sigv2.ts";
import { verifySigV4 } from "../../../src/core/verify/sigv4.ts";
import { uriEncode } from "../../../src/core/verify/uri-encode.ts";
import { canonicalQuery, canonicalRequest } from "../../../src/core/verify/v4-request.ts";
import { isHmacOf, signingKey, stringToSign } from "../../../src/core/verify/v4-signature.ts";
import type { Verifier } from "../../../src/core/verify/verifier.ts";
import { SECOND } from "../samples.ts";
import { withVectors } from "./shared-vectors.ts";
import { at, objectIn, signedUrl } from "./signed-samples.ts";

type SuiteCase = {
  readonly context: { readonly normalize: boolean; readonly credentials: { readonly secret_access_key: string } };
  readonly query_canonical_request: string;
  readonly query_string_to_sign: string;
  readonly query_signature: string;
  readonly query_signed_request: string;
};

type UrlVector = {
  readonly id: string;
  readonly url: string;
  readonly expected: { readonly expires_at: string };
  readonly verify?: { readonly access_key?: string; readonly secret?: string };
};

const SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

withVectors<{ cases: Record<string, SuiteCase> }>("aws_sigv4_suite.json", ({ cases }) => {
  // Paths that the suite's made-up service folds or encodes twice are left out: S3 does neither.
  const ours = Object.entries(cases).filter(
    ([name, { context, query_canonical_request }]) =>
      name.startsWith("get-") &&
      query_canonical_request.includes("\n\nhost\n") &&
      (!context.normalize || /vanilla|unreserved/.test(name)),
  );

  test("the suite has its cases", () => {
    expect(ours.length).toBeGreaterThanOrEqual(14);
  });

  describe("AWS's suite", () => {
    test.each(ours)("%s", async (_, vector) => {
      const { query_signed_request, query_canonical_request, query_string_to_sign, query_signature } = vector;
      const [, target = ""] = /^GET (.*) HTTP\/1\.1/.exec(query_signed_request) ?? [];
      const { raw } = signedUrl(`https://example.amazonaws.com${target.replaceAll(" ", "%20")}`);
      const query = canonicalQuery(raw.parameters, "X-Amz-Signature") ?? "";
      const path = uriEncode(raw.path, true) ?? "";
      const request = canonicalRequest({ host: raw.host, path, query, payload: SHA256_OF_NOTHING });
      expect(request).toBe(query_canonical_request);

      const [algorithm = "", timestamp = "", scope = ""] = query_string_to_sign.split("\n");
      const claims = { algorithm, timestamp, scope, keyId: "", date: "", region: "", signature: query_signature };
      expect(await stringToSign(claims, request)).toBe(query_string_to_sign);
      const key = await signingKey(`AWS4${vector.context.credentials.secret_access_key}`, scope);
      expect(await isHmacOf(key, query_string_to_sign, query_signature)).toBe(true);
    });
  });
});

withVectors<{ vectors: readonly UrlVector[] }>("signed_url_vectors.json", ({ vectors }) => {
  test.each<[string, string, Verifier]>([
    ["AWS's published example", "s3-v4-029", verifySigV4],
    ["botocore's unit test of the second version", "s3-v2-058", verifySigV2],
  ])("%s", async (_, id, verifier) => {
    const vector = vectors.find((one) => one.id === id);
    if (!vector) throw new Error(`there is no vector ${id}`);
    const url = signedUrl(vector.url, objectIn("s3", "any", vector.url.includes("/mybucket/") ? "path" : "host"));
    const { access_key: accessKeyId = "", secret: secretAccessKey = "" } = vector.verify ?? {};
    const material = [{ kind: "s3-secret", accessKeyId, secretAccessKey } as const];
    const end = Date.parse(vector.expected.expires_at);
    expect(await verifier(url, material, at(end - SECOND))).toBe("valid");
    expect(await verifier(url, material, at(end))).toBe("invalid");
  });
});
