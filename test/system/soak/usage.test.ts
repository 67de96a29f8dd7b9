import { expect, it } from "vitest";
import { usageAddsUp } from "../../soak/usage.ts";

/** Far more than it takes: tests share the machine. `npm run soak -- usage` has 20,000 events. */
const TIMEOUT_MS = 300_000;

it(
  "2,500 events of 50 clients add up, though half of what was counted comes twice and a consumer dies",
  async () => {
    const { failures } = await usageAddsUp({ events: 2_500 });
    expect(failures).toEqual([]);
  },
  TIMEOUT_MS,
);
