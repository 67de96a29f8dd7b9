import { expect, test } from "vitest";
import { fakeEdgeCache } from "../fakes/edge-cache.ts";
import { edgeCacheContract, newName, objectOf, sampleBytes } from "./edge-cache.contract.ts";

edgeCacheContract("fake", fakeEdgeCache);

test("the fake lets go of what a purge by tag names, whatever its case", async () => {
  const cache = fakeEdgeCache();
  const [one, other] = [newName(), newName()];
  await cache.put(one, objectOf(sampleBytes(3)), ["tenant:acme", "entry:acme/X"]);
  await cache.put(other, objectOf(sampleBytes(3)), ["tenant:acme"]);
  await cache.purgeTags(["entry:acme/x"]);
  expect([...cache.kept.keys()]).toEqual([other]);
});
