import { describe, expect, test } from "vitest";
import { type ManifestMessage, parseManifestMessage } from "../../src/core/preload/manifest-message.ts";
import type { ManifestQueue } from "../../src/ports/manifest-queue.ts";
import { newTenant } from "./keys.ts";

/** `arrived` waits until `count` messages of this tenant came to a consumer, and gives their bodies. */
export type ManifestQueueUnderTest = {
  readonly queue: ManifestQueue;
  arrived(tenant: string, count: number): Promise<readonly unknown[]>;
};

export function manifestQueueContract(name: string, make: () => ManifestQueueUnderTest): void {
  describe(`ManifestQueue: ${name}`, () => {
    test("both kinds of messages arrive as they were, and can be parsed", async () => {
      const { queue, arrived } = make();
      const common = { version: 1, tenant: newTenant(), batch: "batch-1", requestId: "request-1" } as const;
      const sent: ManifestMessage[] = [
        { ...common, kind: "manifest", sealedUrl: "x".repeat(12_000) },
        { ...common, kind: "manifest-chunk", run: 1, chunk: 7 },
      ];
      await queue.send(sent);
      await queue.send([]);
      const bodies = (await arrived(common.tenant, 2)).map(parseManifestMessage);
      expect(bodies.toSorted((a, b) => String(a?.kind).localeCompare(String(b?.kind)))).toEqual(sent);
    });

    test("what is held back arrives too", async () => {
      const { queue, arrived } = make();
      const tenant = newTenant();
      const chunk = { version: 1, kind: "manifest-chunk", tenant, batch: "b", run: 1, requestId: "r" } as const;
      await queue.send([{ ...chunk, chunk: 1 }], 1);
      await queue.send([{ ...chunk, chunk: 0 }]);
      const bodies = (await arrived(tenant, 2)).map(parseManifestMessage);
      expect(bodies.map((body) => body?.kind === "manifest-chunk" && body.chunk).toSorted()).toEqual([0, 1]);
    });
  });
}
