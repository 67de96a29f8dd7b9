import { describe, it } from "vitest";
import type { Stack } from "../../../src/dev/stack.ts";
import { presign } from "../stack/objects.ts";
import { manage } from "../stack/requests.ts";
import { withStack } from "../stack/with-stack.ts";
import { purgeRound, refillRound } from "./purge-holds/rounds.ts";

const stack = withStack();

/** What a purge is of, and what POST /purge is told of that. The key is the object's name. */
const PURGES: readonly [string, (running: Stack, name: string) => Promise<unknown>][] = [
  ["a key", async (_, name) => ({ keys: [name] })],
  ["a prefix of keys", async (_, name) => ({ prefix: name.slice(0, -1) })],
  ["a prefix of URLs", async (running, name) => ({ url_prefix: (await addressOf(running, name)).slice(0, -1) })],
  ["a tag", async () => ({ tag: "Release" })],
  ["an origin", async (running) => ({ origin: await firstOrigin(running) })],
  ["everything", async () => ({ all: true })],
];

describe("with 50 clients that hold links and download out of the cache, no request that starts later gets old bytes", () => {
  it.each([1, 2, 3])("after DELETE /cache/K, round %i", async (round) => {
    const key = `deleted-${round}.bin`;
    await purgeRound(stack(), { key }, { path: `/cache/${key}`, method: "DELETE" });
  });

  it.each(PURGES)("after POST /purge of %s", async (what, body) => {
    const key = `${what.replaceAll(" ", "-")}.bin`;
    await purgeRound(stack(), { key, tags: ["release"] }, { path: "/purge", body: await body(stack(), key) });
  });

  it("once the origin's object has changed and was filled anew", async () => {
    await refillRound(stack(), { key: "changed.bin" });
  });
});

async function addressOf(running: Stack, name: string): Promise<string> {
  const [address = ""] = (await presign(running, name)).split("?");
  return address;
}

async function firstOrigin(running: Stack): Promise<number | undefined> {
  const { origins } = (await (await manage(running, "/origins")).json()) as { origins: { id: number }[] };
  return origins[0]?.id;
}
