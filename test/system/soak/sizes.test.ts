import { expect, it } from "vitest";
import { sizes } from "../../soak/sizes.ts";

const MIB = 2 ** 20;

/** Far more than it takes: tests share the machine. */
const TIMEOUT_MS = 300_000;

// Its processes are found as Linux shows them.
it.skipIf(process.platform !== "linux")(
  "objects of any size arrive byte for byte, and the memory of the consumer stays flat",
  async () => {
    const small = [0, 1, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1];
    const { failures } = await sizes([...small, 100 * MIB, 100 * MIB, 260 * MIB], { growth: 1.5 });
    expect(failures).toEqual([]);
  },
  TIMEOUT_MS,
);
