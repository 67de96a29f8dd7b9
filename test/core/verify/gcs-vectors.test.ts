import { describe, expect, test } from "vitest";
import { verifyGcsV4 } from "../../../src/core/verify/gcs-v4.ts";
import { SECOND } from "../samples.ts";
import { withVectors } from "./shared-vectors.ts";
import { at, signedUrl } from "./signed-samples.ts";

type Vector = {
  readonly description: string;
  readonly method: string;
  readonly expectedUrl: string;
  readonly timestamp: string;
  readonly expiration: number;
};

/** The public half of the key that Google's conformance suite signs with. */
const KEY: JsonWebKey = {
  kty: "RSA",
  e: "AQAB",
  n:
    "rD8zIqyKLbX0Nq8o0Jj1qHEhHhqO3-0OP7TEFx5Vxc6PdwBoFNrfnJRI_S-ZaDYS1avr5Pqpp8g8-UNOMvI1VsjGM8xjTaxkVv8m" +
    "mKp6pSmQstTt25pzY1exA2wv4xNWSwWNFNx2kh35-kvTQ_DF3YA9P7pUU1sKur1PP8OoubWLFO59iy5UE5dX0O_3pjvZ2HAhSXsx" +
    "2VWtB5nlrHR8FrKJNLJMEGEDSMz9yRfQaUeYCU9oDYHuiqKQ3rCXi6C82l-3FJw5_ggJ5y7iw8MErCFSslcYQRbBVz6ZYKWkEcJh" +
    "s8BG3_16bfaqNusNlDIJ99I7DmipUngF_HEulYhfrQ",
};
const ACCOUNT = "test-iam-credentials@dummy-project-id.iam.gserviceaccount.com";
const MATERIAL = [{ kind: "gcs-account", email: ACCOUNT, publicKeys: null } as const];

withVectors<{ signingV4Tests: readonly Vector[] }>("gcs_v4_signatures.json", ({ signingV4Tests }) => {
  const isOurs = ({ method, expectedUrl }: Vector) => method === "GET" && /SignedHeaders=host(?:&|$)/.test(expectedUrl);

  describe("Google's conformance suite", () => {
    test.each(signingV4Tests.filter(isOurs))("$description", async ({ expectedUrl, timestamp, expiration }) => {
      const start = Date.parse(timestamp);
      const verdict = (now: number) => verifyGcsV4(signedUrl(expectedUrl), MATERIAL, at(now, [KEY]));
      expect(await verdict(start)).toBe("valid");
      expect(await verdict(start + expiration * SECOND - 1)).toBe("valid");
      expect(await verdict(start + expiration * SECOND)).toBe("invalid");
    });

    test.each(signingV4Tests.filter((vector) => !isOurs(vector)))("not for us: $description", async (vector) => {
      const { expectedUrl, timestamp } = vector;
      expect(await verifyGcsV4(signedUrl(expectedUrl), MATERIAL, at(Date.parse(timestamp), [KEY]))).toBe("unknown");
    });

    test("has both kinds", () => {
      expect(signingV4Tests.length).toBeGreaterThan(25);
      expect(signingV4Tests.filter(isOurs).length).toBeGreaterThan(15);
    });
  });
});
