import { expect, it } from "vitest";
import { uploads } from "../../soak/uploads.ts";

const MIB = 2 ** 20;

/** Far more than it takes: tests share the machine. */
const TIMEOUT_MS = 300_000;

it(
  "an upload whose Workers are killed on the way ends whole, and costs the chunks under way at most",
  async () => {
    const { failures } = await uploads({ size: 40 * MIB, chunkSize: 5 * MIB, times: 1, kinds: ["chunks", "tus"] });
    expect(failures).toEqual([]);
  },
  TIMEOUT_MS,
);
