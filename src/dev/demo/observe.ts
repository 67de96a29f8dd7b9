import { setTimeout as sleep } from "node:timers/promises";
import { type OriginRequest, readRequests } from "../origin/request-log.ts";
import type { DevFile } from "../state/dev-file.ts";
import { type Download, download } from "./download.ts";
import { presignWithSdk } from "./presign-with-sdk.ts";
import { untilStored } from "./until-stored.ts";

const FILE = "video.bin";
/** The client may see the end of a download before the origin has logged it. */
const LOG_DELAY_MS = 300;

export type Observed = {
  readonly first: Download;
  readonly stored: boolean;
  readonly second: Download;
  /** What the origin was asked for the file during the second download. */
  readonly asked: readonly OriginRequest[];
};

/** Downloads a freshly signed URL of the demo origin through the cache, and once more when the copy is stored. */
export async function observe(stack: DevFile): Promise<Observed> {
  const signed = await presignWithSdk(stack.originCredentials, FILE);
  const url = `${stack.api}/proxy?url=${encodeURIComponent(signed)}`;
  const first = await download(url);
  const stored = await untilStored(url);
  await sleep(LOG_DELAY_MS);
  const before = readRequests(stack.originLog).length;
  const second = await download(url);
  await sleep(LOG_DELAY_MS);
  const { pathname } = new URL(signed);
  const asked = readRequests(stack.originLog)
    .slice(before)
    .filter((request) => request.path === pathname);
  return { first, stored, second, asked };
}
