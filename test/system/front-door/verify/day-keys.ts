import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { askProxy, untilHit } from "../../stack/requests.ts";
import { noteSignature } from "../../stack/signatures.ts";
import { call, done } from "../settings/settings-calls.ts";
import { register, timesAsked } from "./registered.ts";

const DAY_MS = 86_400_000;

/** The key of one day and region, so that we never hold the secret. */
export function dayKeys(stack: () => Stack): void {
  const push = async (date: string) => {
    const { accessKeyId, secretAccessKey, region } = stack().originCredentials;
    const key = dayKey(secretAccessKey, date, region);
    noteSignature(key);
    return await register(stack(), { kind: "s3_day_key", access_key_id: accessKeyId, date, region, key });
  };

  it("checks the URLs of that day, and asks the origin about those of another", async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "by-day.txt", "by day") });
    await untilReady(stack(), key);
    // A URL says which day's key signed it: the test may run at midnight.
    const today = await presign(stack(), "by-day.txt", 601);
    const yesterday = await presign(stack(), "by-day.txt", 3 * (DAY_MS / 1000), {
      signingDate: new Date(Date.now() - DAY_MS),
    });
    const id = await push(dateOf(today));
    await untilHit(stack(), today);
    expect(await timesAsked(stack(), today)).toEqual({ whole: 1, probes: 0 });
    const bad = today.replace(/X-Amz-Signature=[0-9a-f]{8}/, "X-Amz-Signature=01234567");
    expect((await askProxy(stack(), bad)).location).toBe(bad);
    expect(await timesAsked(stack(), today)).toEqual({ whole: 1, probes: 0 });

    await untilHit(stack(), yesterday);
    expect(await timesAsked(stack(), today)).toEqual({ whole: 1, probes: 1 });
    await push(dateOf(yesterday));
    await untilHit(stack(), yesterday);
    await done(stack(), "DELETE", `/verification-keys/${id}`);
  });

  it("is never shown again", async () => {
    const today = dateOf(await presign(stack(), "by-day.txt"));
    await push(today);
    const { text } = await call(stack(), "GET", "/verification-keys");
    const { accessKeyId, secretAccessKey, region } = stack().originCredentials;
    expect(text).toContain(`${accessKeyId}/${today}/${region}`);
    expect(text).not.toContain(dayKey(secretAccessKey, today, region));
    expect(text).not.toContain(secretAccessKey);
  });
}

/** The signing key of SigV4 for a day, a region and service s3, in hexadecimal. */
function dayKey(secret: string, date: string, region: string): string {
  const parts = [date, region, "s3", "aws4_request"];
  return parts
    .reduce((key, part) => createHmac("sha256", key).update(part).digest(), Buffer.from(`AWS4${secret}`))
    .toString("hex");
}

function dateOf(url: string): string {
  return (new URL(url).searchParams.get("X-Amz-Date") ?? "").slice(0, 8);
}
