import { expect, test } from "vitest";
import { unknownNearby } from "../../src/platform/cloudflare/unknown-nearby.ts";
import { unknownNearbyContract } from "./unknown-nearby.contract.ts";

unknownNearbyContract("Cache API", () => ({ nearby: unknownNearby("test"), now: Date.now() }));

test("what one deployment notes, another of the same zone is not told", async () => {
  const [staging, production] = [unknownNearby("staging"), unknownNearby("production")];
  await staging.note("acme/a", 5);
  expect(await production.askedAt("acme/a")).toBeNull();
  expect(await staging.askedAt("acme/a")).toBe(5);
});

/** A cache that answers, and is given, one thing. */
function scripted(answer: Response | undefined) {
  const puts: Response[] = [];
  const cache = { match: async () => answer, put: async (_: string, response: Response) => void puts.push(response) };
  return { nearby: unknownNearby("test", async () => cache as unknown as Cache), puts };
}

test("the cache is told to forget after half a minute", async () => {
  const { nearby, puts } = scripted(undefined);
  await nearby.note("acme/a", 5);
  expect(puts.map(({ headers }) => headers.get("Cache-Control"))).toEqual(["max-age=30"]);
});

test.each(["", "nonsense", "Infinity"])("a cache that holds %j says nothing", async (text) => {
  const { nearby } = scripted(new Response(text));
  const askedAt = await nearby.askedAt("acme/a");
  expect(askedAt === null || askedAt === 0).toBe(true);
});
