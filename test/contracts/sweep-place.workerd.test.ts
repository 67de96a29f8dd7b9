import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { kvSweepPlace } from "../../src/platform/cloudflare/kv-sweep-place.ts";
import { sweepPlaceContract } from "./sweep-place.contract.ts";

sweepPlaceContract("Workers KV", () => kvSweepPlace(env.INDEX, crypto.randomUUID()));

test("the sweep of objects has its place under a name of its own", async () => {
  await kvSweepPlace(env.INDEX).write("cursor");
  expect(await env.INDEX.get("sweep:objects")).toBe("cursor");
  await kvSweepPlace(env.INDEX).write(null);
  expect(await env.INDEX.get("sweep:objects")).toBeNull();
});
