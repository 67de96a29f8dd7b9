import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask, manage } from "../../stack/requests.ts";
import { problemOf } from "../bad-input/problem.ts";
import { BUCKETS, CREDENTIALS, SECRETS } from "./urls.ts";

const SIGNED = `${BUCKETS.s3}/a.txt?${CREDENTIALS.s3}`;

export function badInspections(stack: () => Stack): void {
  it.each<[string, unknown]>([
    ["nothing", {}],
    ["no URL", { url: "a.txt" }],
    ["a URL of another scheme", { url: `ftp${SIGNED.slice("https".length)}` }],
    ["a URL with a user", { url: SIGNED.replace("https://", "https://user:password@") }],
    ["a URL with a newline", { url: `${SIGNED}\n` }],
    ["a URL that is too long", { url: `${SIGNED}&x=${"x".repeat(8_192)}` }],
    ["a list", { url: [SIGNED] }],
    ["a field that we do not know", { url: SIGNED, urls: SIGNED }],
    ["a text", SIGNED],
  ])("is refused for %s, with nothing of what was sent", async (_, body) => {
    const { code, message } = await problemOf(await manage(stack(), "/inspect", { body }));
    expect(["INVALID_FIELD", "MISSING_FIELD"]).toContain(code);
    for (const secret of Object.values(SECRETS)) expect(decodeURIComponent(message)).not.toContain(secret);
  });

  it("is refused for what is no JSON", async () => {
    const headers = { authorization: `Bearer ${stack().apiKey}` };
    const response = await ask(`${stack().api}/inspect`, { method: "POST", headers, body: `{"url": "${SIGNED}` });
    const { code, message } = await problemOf(response);
    expect(code).toBe("INVALID_JSON");
    expect(message).not.toContain(SECRETS.signature);
  });

  it("is refused without a key that opens the tenant", async () => {
    for (const key of [null, "wrong", `snap_key_${"A".repeat(43)}`]) {
      const response = await manage(stack(), "/inspect", { key, body: { url: SIGNED } });
      expect(await problemOf(response)).toMatchObject({ code: "UNAUTHORIZED" });
    }
    const other = await manage(stack(), `/inspect?site=${stack().presigned.tenant}`, { body: { url: SIGNED } });
    expect(await problemOf(other)).toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("is taken by POST alone", async () => {
    for (const method of ["GET", "PUT", "DELETE"]) {
      const response = await manage(stack(), "/inspect", { method });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
      await response.body?.cancel();
    }
  });
}
