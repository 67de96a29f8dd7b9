import { describe, expect, test } from "vitest";
import { type PurgeMessage, parsePurgeMessage } from "../../src/core/purge/purge-message.ts";
import type { PurgeQueue } from "../../src/ports/purge-queue.ts";
import { newTenant } from "./keys.ts";

/** `arrived` waits until `count` messages of this tenant came to a consumer, and gives their bodies. */
export type PurgeQueueUnderTest = {
  readonly queue: PurgeQueue;
  arrived(tenant: string, count: number): Promise<readonly unknown[]>;
};

export function purgeQueueContract(name: string, make: () => PurgeQueueUnderTest): void {
  describe(`PurgeQueue: ${name}`, () => {
    test("what is sent arrives as it was, held back or not, and can be parsed", async () => {
      const { queue, arrived } = make();
      const common = { version: 1, kind: "purge", tenant: newTenant(), job: "job-1", requestId: "request-1" } as const;
      const sent: PurgeMessage[] = [
        { ...common, cursor: null, ended: false, failed: [], purged: 0 },
        { ...common, cursor: '["ключ"]', ended: true, failed: ["a".repeat(43)], purged: 500 },
      ];
      await queue.send(sent.slice(0, 1));
      await queue.send(sent.slice(1), 1);
      await queue.send([]);
      const bodies = (await arrived(common.tenant, 2)).map(parsePurgeMessage);
      expect(bodies.toSorted((a, b) => (a?.purged ?? 0) - (b?.purged ?? 0))).toEqual(sent);
    });
  });
}
