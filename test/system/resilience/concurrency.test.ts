import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { listEntries, untilStored } from "../stack/entries.ts";
import { presign, publish } from "../stack/objects.ts";
import { isWhole, originRequests, requestsFor } from "../stack/origin-log.ts";
import { askProxy } from "../stack/requests.ts";
import { until } from "../stack/until.ts";
import { withStack } from "../stack/with-stack.ts";
import { holdingOrigin } from "./holding-origin.ts";

const CROWD = 1_000;
const held = holdingOrigin();
const stack = withStack(async () => ({ originRules: [(await held.start()).rule("public")] }));

/** Asks for each URL, all at once; each must be sent to it or, where the copy is there by then, to that. */
async function crowd(urls: readonly string[]): Promise<{ toOrigin: number }> {
  const answers = await Promise.all(urls.map((url) => askProxy(stack(), url)));
  const isToOrigin = answers.map(({ location }, asker) => location === urls[asker]);
  const wrong = answers.filter(({ status, location }, asker) => {
    return status !== 302 || !(isToOrigin[asker] || location.startsWith(`${stack().api}/f/`));
  });
  expect(wrong.map(({ status, location }) => `${status} ${location}`)).toEqual([]);
  return { toOrigin: isToOrigin.filter(Boolean).length };
}

/** Waits until a fill that was queued after all others has ended. */
async function untilQuiet(): Promise<void> {
  const last = await publish(stack(), `last-${randomUUID()}.txt`, "the last one");
  await askProxy(stack(), last);
  await untilStored(stack(), last);
}

async function wholeGets(url: string): Promise<number> {
  return (await requestsFor(stack(), url)).filter(isWhole).length;
}

describe("1,000 first requests at once", () => {
  it("for one URL are all redirected at once, and the origin sends the whole object once", async () => {
    const body = "wanted by everybody\n".repeat(10_000);
    const url = await publish(stack(), "one.txt", body);
    await crowd(Array.from({ length: CROWD }, () => url));
    await untilStored(stack(), url);
    await untilQuiet();
    expect(await wholeGets(url)).toBe(1);

    // Whoever asks from now on costs the origin no more than the one byte that proves their right.
    await crowd(Array.from({ length: CROWD }, () => url));
    await untilQuiet();
    expect(await wholeGets(url)).toBe(1);
  });

  it("for one object under 1,000 signatures make the origin send it once", async () => {
    const first = await publish(stack(), "signatures.txt", "one object, many links");
    const urls = await Promise.all(
      Array.from({ length: CROWD }, (_, more) => presign(stack(), "signatures.txt", 600 + more)),
    );
    expect(new Set(urls).size).toBe(CROWD);
    await crowd(urls);
    await untilStored(stack(), first);
    await untilQuiet();
    expect(await wholeGets(first)).toBe(1);
  });

  it("over 50 URLs make the origin send 50 objects, each once", async () => {
    const urls = await Promise.all(
      Array.from({ length: 50 }, (_, number) => publish(stack(), `fifty/${number}.txt`, `object ${number}`)),
    );
    await crowd(Array.from({ length: CROWD }, (_, asker) => urls[asker % urls.length] ?? ""));
    for (const url of urls) await untilStored(stack(), url);
    await untilQuiet();
    const sent = (await originRequests(stack())).filter(isWhole).map(({ path }) => path);
    const fifty = sent.filter((path) => path.includes("/fifty/"));
    expect(fifty).toHaveLength(50);
    expect(new Set(fifty).size).toBe(50);
    expect((await listEntries(stack())).filter(({ source_url }) => source_url.includes("/fifty/"))).toHaveLength(50);
  });

  it("all go to the origin, and have their answers before it has sent a byte", async () => {
    const url = `${held.origin().url}/held.txt`;
    expect(await crowd(Array.from({ length: CROWD }, () => url))).toEqual({ toOrigin: CROWD });
    await until("the fill asks the origin", async () => (held.origin().asked.length > 0 ? true : null));
    expect(await crowd([url])).toEqual({ toOrigin: 1 });
    held.letGo();
    await untilStored(stack(), url);
    await untilQuiet();
    expect(held.origin().asked).toEqual(["GET /held.txt"]);
  });
});
