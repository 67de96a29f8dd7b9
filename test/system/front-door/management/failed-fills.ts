import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady, untilStatus } from "../../stack/entries.ts";
import { presign, putObject } from "../../stack/objects.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { askProxy } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** An entry without a copy says why; its downloads go to the origin all the same. */
export function failedFills(stack: () => Stack, origin: () => OwnOrigin): void {
  const at = (path: string) => async () => `${origin().url}${path}`;

  it.each<[string, () => Promise<string>, string, RegExp]>([
    ["an object that is not there", () => presign(stack(), "no-such-object"), "ORIGIN_NOT_FOUND", /404/],
    [
      "a signature that is wrong",
      async () => (await presign(stack(), "hello.txt")).replace(/X-Amz-Signature=.{8}/, "X-Amz-Signature=00000000"),
      "ORIGIN_REFUSED",
      /403/,
    ],
    ["an object that is gone", at("/status/410"), "ORIGIN_NOT_FOUND", /410/],
    ["a login", at("/status/401"), "ORIGIN_REFUSED", /401/],
    ["a redirect to who is not allowed", at("/status/302"), "REDIRECT_NOT_ALLOWED", /allow-list/],
    ["a success without content", at("/status/204"), "ORIGIN_STATUS", /204/],
    ["a body of unknown length", at("/unending/x"), "LENGTH_UNKNOWN", /how long/],
    ["an answer that depends on cookies", at("/varying/x"), "VARIES", /headers/],
  ])("for %s", async (name, make, code, message) => {
    const url = await make();
    const hash = `failing: ${name}`;
    await preload(stack(), { url, hash });
    const entry = await untilStatus(stack(), hash, "failed");
    expect(entry.error).toEqual({ code, message: expect.stringMatching(message) });
    expect(entry).toMatchObject({ size: null, sha256: null, etag: null, generation: null, stored_at: null });
    expect(JSON.stringify(entry)).not.toContain(new URL(url).searchParams.get("X-Amz-Signature") ?? "nothing at all");
    const answer = await askProxy(stack(), url, { extra: { hash } });
    expect([answer.status, answer.location]).toEqual([302, url]);
  });

  it("for a moment's trouble keeps trying, and tells of the last attempt", async () => {
    // Not a 503: an origin that is busy is left alone by all, and other tests ask this one.
    const url = `${origin().url}/status/500`;
    await preload(stack(), { url, hash: "trying" });
    const entry = await until("the first attempt is noted", async () => {
      const seen = await findEntry(stack(), "trying");
      return seen?.error ? seen : null;
    });
    expect(entry).toMatchObject({
      status: "filling",
      error: { code: "ORIGIN_ERROR", message: expect.stringMatching(/500/) },
    });
  });

  it("is tried again when somebody wants it again", async () => {
    const url = await presign(stack(), "late.txt");
    const { key } = await preload(stack(), { url });
    await untilStatus(stack(), key, "failed");
    await putObject(stack(), "late.txt", "late, but here");
    expect(await preload(stack(), { url })).toEqual({ key, status: "queued" });
    expect(await untilReady(stack(), key)).toMatchObject({ size: 14, error: null });
  });
}
