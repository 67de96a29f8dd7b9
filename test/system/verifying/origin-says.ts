import { ask } from "../stack/requests.ts";

/** `serves`: these bytes to this link; `accepts`: the link, though there may be no such object. */
export type OriginAnswer = { readonly status: number; readonly serves: boolean; readonly accepts: boolean };

/**
 * Whether the origin itself would serve a link now, and the status that says so. It is asked for one byte, as a probe is;
 * every origin of these tests knows ranges, and none of its objects is empty.
 */
export async function originSays(url: string): Promise<OriginAnswer> {
  const { status, body } = await ask(url, { headers: { range: "bytes=0-0" } });
  await body?.cancel();
  return { status, serves: status === 206, accepts: status === 206 || status === 404 };
}
