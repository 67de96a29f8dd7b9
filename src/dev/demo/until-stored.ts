import { setTimeout as sleep } from "node:timers/promises";

/** A fill of the demo's file takes about a second. */
const PATIENCE_MS = 60_000;

/** Asks the cache where it would send a client, until that is our copy; false when it never is. */
export async function untilStored(url: string): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const { headers } = await fetch(url, { method: "HEAD", redirect: "manual" });
    if (/^snapbyte; hit\b/.test(headers.get("cache-status") ?? "")) return true;
    await sleep(200);
  }
  return false;
}
