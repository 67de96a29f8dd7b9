import { expect, it } from "vitest";
import { purges } from "../../soak/purges.ts";

/** Far more than it takes: tests share the machine. */
const TIMEOUT_MS = 300_000;

// Its processes are found as Linux shows them.
it.skipIf(process.platform !== "linux")(
  "what was purged at a random moment of its fill is never served, and nothing of it stays behind",
  async () => {
    const { failures } = await purges({ fills: 12 });
    expect(failures).toEqual([]);
  },
  TIMEOUT_MS,
);
