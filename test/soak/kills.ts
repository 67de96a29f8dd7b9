import { setTimeout as sleep } from "node:timers/promises";
import { findEntry } from "../system/stack/entries.ts";
import { until } from "../system/stack/until.ts";
import { copyOf, faultOfDownload, untilCopy } from "./copies.ts";
import { mib, type Outcome } from "./outcome.ts";
import { inSoakStack, type SoakStack } from "./soak-stack.ts";
import { unreadBytes } from "./workerd.ts";

const MIB = 2 ** 20;
/** As src/core/fills/fill-choice.ts has it. */
const PART_BYTES = 8 * MIB;
const PATH = "/killed.bin";
const KEY = "killed";
/** The store takes a part in about this time, in ms: a kill may come before, while and after that. */
const LONGEST_DELAY_MS = 300;

/** A dead consumer's claim and places end soon, and so does a claim whose message the local queue forgot. */
const VARS = { CLAIM_LEASE_MS: "1500", CLAIM_QUEUED_MS: "1500", SLOT_LEASE_MS: "1000", RETRY_BASE_SECONDS: "1" };

/**
 * Kills the Workers while they fetch one object, again and again, each time after up to two parts more than before, and
 * counts what the origin had to send.
 */
export async function kills({ size = 200 * MIB, times = 20, say = (_line: string) => {} } = {}): Promise<Outcome> {
  return await inSoakStack({ vars: VARS }, async (soak) => {
    const { origin } = soak;
    origin.put(PATH, { size, version: 1 });
    const rows: string[][] = [];
    for (let kill = 1; kill <= times; kill++) {
      const before = origin.sent();
      const share = Math.ceil(Math.random() * 2 * PART_BYTES);
      origin.allow(before + share);
      await untilAskedFor(share, before, soak);
      await sleep(Math.random() * LONGEST_DELAY_MS);
      const sent = origin.sent() - before;
      const unread = unreadBytes(Number(new URL(origin.url).port));
      const kept = await keptBytes(soak);
      await soak.crash();
      rows.push([String(kill), mib(sent), mib(unread), mib(kept), mib(origin.sent() - kept)]);
      say(rows.at(-1)?.join("  ") ?? "");
      await soak.restart();
    }
    origin.allow(Number.POSITIVE_INFINITY);
    const link = await untilCopy(soak.stack(), origin.url + PATH, KEY, 120_000);
    const excess = origin.sent() - size;
    rows.push(["end", mib(origin.sent()), "0.0", mib(size), mib(excess)]);
    const failures: string[] = [];
    const fault = await faultOfDownload(1, size, link);
    if (fault) failures.push(fault);
    if (excess > times * PART_BYTES) failures.push(`the origin sent ${excess} bytes more than the object has`);
    const head = ["kill", "sent MiB", "unread in the kernel", "kept MiB", "sent and not kept, in all"];
    return { head, rows, failures };
  });
}

/** Asks the front door, as clients do, until a fill has taken all that it may. */
async function untilAskedFor(share: number, before: number, { stack, origin }: SoakStack): Promise<void> {
  let asked = 0;
  await until("the fill goes on", async () => {
    if (asked++ % 5 === 0) await copyOf(stack(), origin.url + PATH, KEY);
    return origin.sent() - before >= share ? true : null;
  });
}

/** Bytes of the parts that the gate knows of. */
async function keptBytes({ stack }: SoakStack): Promise<number> {
  return (await findEntry(stack(), KEY))?.progress?.bytes ?? 0;
}
