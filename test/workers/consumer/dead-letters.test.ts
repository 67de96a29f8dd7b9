import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { offerOf } from "../../../src/app/fill-request.ts";
import { compose } from "../../../src/consumer/compose.ts";
import { deadLetters } from "../../../src/consumer/dead-letters.ts";
import { parseConsumerEnv } from "../../../src/consumer/env.ts";
import type { FillMessage } from "../../../src/core/fills/fill-message.ts";
import { connect } from "../../../src/platform/postgres/database.ts";
import { tenants } from "../../../src/platform/postgres/schema.ts";
import { fillMessage } from "../../contracts/fill-queue.contract.ts";
import { newKey, newTenant } from "../../contracts/keys.ts";
import { noteOf } from "../../contracts/notes.ts";
import { fakePurgeQueue } from "../../fakes/purge-queue.ts";

const raw = env as unknown as Readonly<Record<string, unknown>>;
const reports: string[] = [];
const purges = fakePurgeQueue();
const parts = { ...compose(parseConsumerEnv(raw)), purges, report: (what: string) => void reports.push(what) };
const tenant = newTenant();
const FAILURE = { code: "ORIGIN_ERROR", message: "The origin answered 500." };
const URL_A = "https://bucket.s3.amazonaws.com/a.mp4?X-Amz-Signature=secret";

beforeAll(async () => {
  await connect(inject("services").database).insert(tenants).values({ id: tenant, site: tenant });
});

/** Hands over a message that was given up, as the queue would, and tells what became of it. */
async function handOver(id: string, body: unknown, with_ = parts) {
  const batch = createMessageBatch("snapbyte-fills-dead-local", [{ id, timestamp: new Date(), attempts: 1, body }]);
  await deadLetters(batch, with_);
  const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
  return { done: explicitAcks.length === 1, retried: retryMessages.length };
}

/** A fill that failed at every attempt. */
async function failedFill(): Promise<FillMessage> {
  const key = newKey(tenant);
  const offer = await offerOf({ key, boundTo: "object-1", url: URL_A, urlEndsAt: null }, parts.ring);
  const fence = await parts.gate.claim(key, offer, true);
  if (fence === null) throw new Error("the claim was refused");
  await parts.ledger.noteFills([noteOf(key, { fence })], Date.now());
  await parts.ledger.fail(key, fence, FAILURE, false, Date.now());
  return fillMessage({ tenant, entry: key.id, fence, sealedUrl: offer.sealedUrl });
}

describe("a message that was given up", () => {
  test("is written down once, with why, though its message comes again", async () => {
    const message = await failedFill();
    const id = crypto.randomUUID();
    expect(await handOver(id, message)).toEqual({ done: true, retried: 0 });
    const letter = await parts.deadLetters.find(id);
    expect(letter).toMatchObject({
      kind: "fill",
      tenant,
      key: "ключ",
      attempts: 6,
      failure: FAILURE,
      replayedAt: null,
    });
    expect(letter?.sealed).not.toContain("secret");
    expect(await handOver(id, message)).toEqual({ done: true, retried: 0 });
    expect(await parts.deadLetters.find(id)).toEqual(letter);
    const entry = await parts.ledger.find({ tenant, id: message.entry } as Parameters<typeof parts.ledger.find>[0]);
    expect(entry).toMatchObject({ state: "failed", failure: FAILURE });
  });

  test("comes back later when it cannot be written down", async () => {
    const message = await failedFill();
    const id = crypto.randomUUID();
    const down = { ...parts, deadLetters: { ...parts.deadLetters, add: () => Promise.reject(new Error("down")) } };
    expect(await handOver(id, message, down)).toEqual({ done: false, retried: 1 });
    expect(await handOver(id, message)).toEqual({ done: true, retried: 0 });
    expect(await parts.deadLetters.find(id)).toMatchObject({ failure: FAILURE });
  });

  test.each([
    ["another version's", { version: 99, sealedUrl: "x" }],
    ["a text with a URL in it", URL_A],
  ])("is kept sealed where nobody knows its form, and reported: %s", async (_, body) => {
    const id = crypto.randomUUID();
    reports.length = 0;
    expect(await handOver(id, body)).toEqual({ done: true, retried: 0 });
    const letter = await parts.deadLetters.find(id);
    expect(letter).toMatchObject({ kind: "unknown", tenant: null, failure: { code: "UNKNOWN_MESSAGE" } });
    expect(JSON.stringify(letter)).not.toContain("amazonaws");
    expect(reports).toEqual(["dead letters"]);
  });

  test("is no letter where it is a purge: that comes back until its job is forgotten", async () => {
    const id = crypto.randomUUID();
    const page = { cursor: null, ended: false, failed: [], purged: 0, requestId: "r" };
    const purge = { version: 1, kind: "purge", tenant, job: "j", ...page } as const;
    expect(await handOver(id, purge)).toEqual({ done: true, retried: 0 });
    expect(purges.waiting).toEqual([{ message: purge, delaySeconds: 60 }]);
    expect(await parts.deadLetters.find(id)).toBeNull();
  });
});
