import { faultOfDownload, untilCopy } from "./copies.ts";
import { type Peak, watchMemory } from "./memory.ts";
import { mib, type Outcome } from "./outcome.ts";
import { inSoakStack, type SoakStack } from "./soak-stack.ts";

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const SMALL = [0, 1, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1];
/** Some of 100 MiB, since each shows only once or twice what is held. */
const SIZES = [...SMALL, ...Array.from({ length: 5 }, () => 100 * MIB), GIB, 6 * GIB];

/** What an isolate has on Cloudflare: https://developers.cloudflare.com/workers/platform/limits/#memory */
const LIMIT_BYTES = 128_000_000;
/**
 * Beyond the most that is held for objects of up to this size, memory may not grow but by this share. What V8 has not
 * collected yet is not counted: that is as much as V8 likes, and counts for the limit only.
 */
const FLAT_FROM_BYTES = 100 * MIB;
const GROWTH = 1.1;
/** The local R2 takes some 50 MiB/s, and something more where the machine is busy. */
const SLOWEST_BYTES_PER_MS = 5_000;

/** Fills an object of each size, downloads it through the front door, and watches the consumer's memory meanwhile. */
export async function sizes(
  wanted: readonly number[] = SIZES,
  { growth = GROWTH, say = (_line: string) => {} } = {},
): Promise<Outcome> {
  return await inSoakStack({}, async (soak) => {
    const rows: string[][] = [];
    const failures: string[] = [];
    let flat = 0;
    for (const [index, size] of wanted.entries()) {
      const { peak, fillMs, fault, connections } = await fillOne(size, index, soak);
      const seconds = fillMs / 1000;
      const { total, held, heap, buffers, resident, samples } = peak;
      rows.push([
        ...[String(size), fault ?? "right", seconds.toFixed(1), (size / MIB / seconds).toFixed(0), String(connections)],
        ...[mib(total), mib(heap), mib(buffers), mib(held), mib(resident), String(samples)],
      ]);
      say(rows.at(-1)?.join("  ") ?? "");
      if (fault) failures.push(`${size} bytes: ${fault}`);
      if (total > LIMIT_BYTES) failures.push(`${size} bytes: the isolate had ${total} bytes`);
      if (size <= FLAT_FROM_BYTES) flat = Math.max(flat, held);
      else if (held > flat * growth) failures.push(`${size} bytes: memory grew from ${flat} to ${held}`);
    }
    const memory = ["peak MiB", "its heap", "its buffers", "held MiB", "process MiB", "samples"];
    return { head: ["bytes", "download", "fill s", "MiB/s", "connections", ...memory], rows, failures };
  });
}

type Filled = {
  readonly peak: Peak;
  readonly fillMs: number;
  readonly fault: string | null;
  readonly connections: number;
};

async function fillOne(size: number, index: number, { state, origin, stack }: SoakStack): Promise<Filled> {
  const path = `/${index}.bin`;
  const version = index + 1;
  origin.put(path, { size, version });
  const memory = await watchMemory(state);
  const begun = Date.now();
  const link = await untilCopy(stack(), origin.url + path, `size-${index}`, 60_000 + size / SLOWEST_BYTES_PER_MS);
  const fillMs = Date.now() - begun;
  const peak = await memory.stop();
  return { peak, fillMs, fault: await faultOfDownload(version, size, link), connections: origin.mostAtOnce() };
}
