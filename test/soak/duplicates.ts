import { join } from "node:path";
import { untilReady } from "../system/stack/entries.ts";
import { atOnce } from "./at-once.ts";
import { faultOfDownload, untilCopy } from "./copies.ts";
import { leftoversAfterSweep, storedIn } from "./leftovers.ts";
import { mib, type Outcome } from "./outcome.ts";
import { inSoakStack } from "./soak-stack.ts";

const MIB = 2 ** 20;
const PATIENCE_MS = 240_000;
const SIZES = [0, 1, 1000, MIB, 5 * MIB + 1, 9 * MIB, 30 * MIB, 64 * MIB, 65 * MIB, 100 * MIB, 300 * MIB];
const CONSUMER = join(import.meta.dirname, "twice-consumer.ts");

/** Fills some objects at once while the queue delivers every message again and again, in any order. */
export async function duplicates(sizes: readonly number[] = SIZES): Promise<Outcome> {
  const vars = { ORPHAN_AGE_MS: "1", CLAIM_LEASE_MS: "4000" };
  return await inSoakStack({ consumerMain: CONSUMER, vars }, async (soak) => {
    const { origin, stack, state } = soak;
    const rows: string[][] = [];
    const failures: string[] = [];
    await atOnce(sizes, 4, async (size, index) => {
      const key = `twice-${index}`;
      const path = `/${key}.bin`;
      origin.put(path, { size, version: index + 1 });
      const link = await untilCopy(stack(), origin.url + path, key, PATIENCE_MS);
      const { generation } = await untilReady(stack(), key);
      const fault = await faultOfDownload(index + 1, size, link);
      const again = (await untilReady(stack(), key)).generation;
      const fetched = origin.sentOf(path);
      rows.push([String(size), fault ?? "right", mib(fetched), String(generation === again)]);
      if (fault) failures.push(`${size} bytes: ${fault}`);
      if (generation !== again) failures.push(`${size} bytes: a second copy took the place of the first`);
    });
    failures.push(...(await leftoversAfterSweep(soak)));
    const { objects } = storedIn(state);
    rows.push(["objects in the store", String(objects.length)]);
    if (objects.length !== sizes.length) failures.push(`${objects.length} objects for ${sizes.length} entries`);
    return { head: ["bytes", "download", "fetched MiB", "one copy"], rows, failures };
  });
}
