import { describe, expect, test } from "vitest";
import { type FillMessage, parseFillMessage } from "../../src/core/fills/fill-message.ts";
import type { FillQueue } from "../../src/ports/fill-queue.ts";
import { newKey } from "./keys.ts";

/** `arrived` waits until `count` messages of this tenant came to a consumer, and gives their bodies. */
export type QueueUnderTest = {
  readonly queue: FillQueue;
  arrived(tenant: string, count: number): Promise<readonly unknown[]>;
};

export function fillMessage(changes: Partial<FillMessage> = {}): FillMessage {
  const { tenant, id } = newKey();
  return {
    version: 4,
    ...{ tenant, entry: id, fence: Date.now(), publicKey: "ключ", trusted: true, expiresAt: null },
    ...{ boundTo: "b".repeat(43), sealedUrl: "sealed", requestId: "request-1", lane: 0, spent: 0, tags: ["a", "b"] },
    ...changes,
  };
}

export function fillQueueContract(name: string, make: () => QueueUnderTest): void {
  describe(`FillQueue: ${name}`, () => {
    test("what is sent arrives as it was, and can be parsed", async () => {
      const { queue, arrived } = make();
      const message = fillMessage();
      await queue.send([message]);
      const bodies = await arrived(message.tenant, 1);
      expect(bodies.map(parseFillMessage)).toEqual([message]);
    });

    test("takes 1,000 large messages at once, and none", async () => {
      const { queue, arrived } = make();
      const { tenant } = newKey();
      const sent = Array.from({ length: 1000 }, (_, index) =>
        fillMessage({ tenant, requestId: String(index), sealedUrl: "x".repeat(index % 100 === 0 ? 11_000 : 500) }),
      );
      await queue.send(sent);
      const bodies = (await arrived(tenant, 1000)).map(parseFillMessage);
      const byNumber = bodies.toSorted((a, b) => Number(a?.requestId) - Number(b?.requestId));
      expect(byNumber).toEqual(sent);
      await queue.send([]);
    });

    test("what is held back arrives later than what is not", async () => {
      const { queue, arrived } = make();
      const { tenant } = newKey();
      await queue.send([fillMessage({ tenant, requestId: "late" })], 1);
      await queue.send([fillMessage({ tenant, requestId: "soon" })]);
      const bodies = (await arrived(tenant, 2)).map(parseFillMessage);
      expect(bodies.map((body) => body?.requestId).toSorted()).toEqual(["late", "soon"]);
    });

    test("tells about how many wait", async () => {
      expect(await make().queue.backlog()).toBeGreaterThanOrEqual(0);
    });
  });
}
