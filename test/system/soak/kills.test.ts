import { expect, it } from "vitest";
import { kills } from "../../soak/kills.ts";

const MIB = 2 ** 20;

/** Far more than it takes: tests share the machine. */
const TIMEOUT_MS = 300_000;

it(
  "a fill that is killed again and again ends with a whole copy, and costs a part more each time at most",
  async () => {
    const { failures } = await kills({ size: 80 * MIB, times: 2 });
    expect(failures).toEqual([]);
  },
  TIMEOUT_MS,
);
