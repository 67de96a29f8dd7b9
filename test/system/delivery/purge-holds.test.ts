import { describe, it } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { purgeRound, refillRound } from "./purge-holds/rounds.ts";

const stack = withStack();

describe("with 50 clients that hold links and download out of the cache, no request that starts later gets old bytes", () => {
  it("after DELETE /cache/K", async () => {
    const key = "deleted.bin";
    await purgeRound(stack(), { key }, { path: `/cache/${key}`, method: "DELETE" });
  });

  // What else can be selected leads to the same purge, entry by entry.
  it.each([
    ["a tag", { tag: "Release" }],
    ["everything", { all: true }],
  ])("after POST /purge of %s", async (what, body) => {
    const key = `${what.replaceAll(" ", "-")}.bin`;
    await purgeRound(stack(), { key, tags: ["release"] }, { path: "/purge", body });
  });

  it("once the origin's object has changed and was filled anew", async () => {
    await refillRound(stack(), { key: "changed.bin" });
  });
});
