import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { type OwnOrigin, sendObject, startOwnOrigin } from "../stack/own-origin.ts";
import { manage } from "../stack/requests.ts";
import { until } from "../stack/until.ts";
import { withStack } from "../stack/with-stack.ts";

const TENANT_FILLS = 3;
const ORIGIN_CONNECTIONS = 2;
/** Of each origin: more than are filled side by side on one machine, where the queue delivers four messages at a time. */
const FLOOD = 16;
/** An origin takes so long for an answer, in ms: long enough for others to come meanwhile. */
const THINKS_MS = 150;

/** An origin that tells how many fills it was working on at once, at most. */
type CountingOrigin = OwnOrigin & { most(): number };

let working = 0;
let mostOfAll = 0;
const origins: CountingOrigin[] = [];
const stack = withStack(async () => {
  origins.push(await countingOrigin(), await countingOrigin());
  return {
    originRules: origins.map((origin) => origin.rule("public")),
    vars: { TENANT_FILLS: String(TENANT_FILLS), ORIGIN_CONNECTIONS: String(ORIGIN_CONNECTIONS) },
  };
});
afterAll(async () => {
  await Promise.all(origins.map((origin) => origin.stop()));
});

async function countingOrigin(): Promise<CountingOrigin> {
  let here = 0;
  let most = 0;
  const origin = await startOwnOrigin(async (request, response) => {
    if (request.headers.range === "bytes=0-0") return sendObject(request, response, "probed");
    here += 1;
    working += 1;
    most = Math.max(most, here);
    mostOfAll = Math.max(mostOfAll, working);
    await wait(THINKS_MS);
    here -= 1;
    working -= 1;
    sendObject(request, response, `the object ${request.url}`);
  });
  return { ...origin, most: () => most };
}

describe("a flood of one tenant's fills from two origins", () => {
  it("asks neither over more connections than it is given, nor fills more at once than the tenant may, and ends well", async () => {
    const items = Array.from({ length: FLOOD }, (_, number) => origins.map(({ url }) => ({ url: `${url}/${number}` })));
    expect((await manage(stack(), "/preload", { body: { items: items.flat() } })).status).toBe(202);
    await until("every fill has ended", async () => {
      const response = await manage(stack(), "/cache?status=ready&limit=1000");
      const { entries } = (await response.json()) as { entries: readonly unknown[] };
      return entries.length === 2 * FLOOD ? true : null;
    });
    for (const origin of origins) {
      expect(origin.most()).toBeLessThanOrEqual(ORIGIN_CONNECTIONS);
      expect(origin.asked.filter((request) => !request.endsWith("bytes=0-0"))).toHaveLength(FLOOD);
    }
    expect(mostOfAll).toBeLessThanOrEqual(TENANT_FILLS);
  });
});
