import { expect, it } from "vitest";
import { usageAddsUp } from "../../soak/usage.ts";

/** Far more than it takes: tests share the machine. */
const TIMEOUT_MS = 300_000;

it(
  "20,000 events of 50 clients add up, though half of what was counted comes twice and a consumer dies",
  async () => {
    const { failures } = await usageAddsUp();
    expect(failures).toEqual([]);
  },
  TIMEOUT_MS,
);
