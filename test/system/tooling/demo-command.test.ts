import { expect, onTestFinished, test } from "vitest";
import { startNode } from "./command.ts";

test("the demo shows the main job in a table and exits with 0", async () => {
  const demo = startNode(["src/dev/demo.ts"]);
  onTestFinished(() => demo.signal("SIGTERM"));
  expect(await demo.ended, demo.output()).toBe(0);

  const lines = demo.output().split("\n");
  const cells = (start: string) =>
    lines
      .find((line) => line.startsWith(start))
      ?.trim()
      .split(/ {2,}/);
  expect(cells("  ")).toEqual(["status", "Cache-Status", "served by", "bytes", "sha256", "ms"]);
  const first = cells("first download");
  const second = cells("second download");
  expect(first?.slice(1, 3)).toEqual(["302", "snapbyte; fwd=uri-miss"]);
  expect(second?.slice(1, 3)).toEqual(["302", "snapbyte; hit"]);
  expect(first?.[3]).not.toBe(second?.[3]);
  expect(first?.slice(4, 6)).toEqual(["50000000", expect.stringMatching(/^[0-9a-f]{12}…$/)]);
  expect(second?.slice(4, 6)).toEqual(first?.slice(4, 6));
  expect(demo.output()).not.toMatch(/warn/i);
}, 180_000);
