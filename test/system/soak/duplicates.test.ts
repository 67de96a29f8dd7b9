import { expect, it } from "vitest";
import { duplicates } from "../../soak/duplicates.ts";

const MIB = 2 ** 20;

/** Far more than it takes: tests share the machine. */
const TIMEOUT_MS = 300_000;

// Its processes are found as Linux shows them.
it.skipIf(process.platform !== "linux")(
  "messages that come twice, and in another order, change nothing",
  async () => {
    const { failures } = await duplicates([0, 1, 1000, MIB, 9 * MIB, 65 * MIB, 257 * MIB]);
    expect(failures).toEqual([]);
  },
  TIMEOUT_MS,
);
