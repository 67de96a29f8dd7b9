import type { OriginRequest } from "../../../../src/dev/origin/request-log.ts";
import { proxyUrl, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import type { Door } from "./door.ts";

/** What a client did that was led to our copy. */
export type Led<Result> = {
  readonly result: Result;
  /** Its requests for the copy, oldest first. */
  readonly asked: readonly OriginRequest[];
};

/**
 * Has a client download what an origin URL names by our link, until each of its requests was led to the copy. Once is
 * not always enough: on a busy machine a look-up may miss its time budget, and then the origin sends the bytes.
 */
export async function ledToCopy<Result>(
  door: Door,
  url: string,
  download: (link: string) => Promise<Result>,
): Promise<Led<Result>> {
  await untilHit(door.stack, url);
  return await until("the client is led to the copy", async () => {
    const before = (await door.requests()).length;
    const result = await download(proxyUrl(door.stack, url));
    const requests = (await door.requests()).slice(before).filter(({ method }) => method === "GET");
    const asked = requests.filter(({ path }) => path.startsWith("/f/"));
    const links = requests.filter(({ path }) => path === "/proxy").length;
    return asked.length >= Math.max(1, links) ? { result, asked } : null;
  });
}
