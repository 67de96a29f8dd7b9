import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { manifestChunks } from "../../../src/app/manifest-chunks.ts";
import { compose } from "../../../src/consumer/compose.ts";
import { deadLetters } from "../../../src/consumer/dead-letters.ts";
import { parseConsumerEnv } from "../../../src/consumer/env.ts";
import { fills } from "../../../src/consumer/fills.ts";
import type { BatchName } from "../../../src/core/preload/batch.ts";
import type { ManifestChunkMessage } from "../../../src/core/preload/manifest-message.ts";
import { connect } from "../../../src/platform/postgres/database.ts";
import { tenants } from "../../../src/platform/postgres/schema.ts";
import { newTenant } from "../../contracts/keys.ts";

const raw = env as unknown as Readonly<Record<string, unknown>>;
const parts = { ...compose(parseConsumerEnv(raw)), report: () => {} };
const tenant = newTenant();

beforeAll(async () => {
  await connect(inject("services").database).insert(tenants).values({ id: tenant, site: tenant });
});

/** A batch of one chunk, whose lines want nothing: nothing is fetched. */
async function oneChunk(): Promise<{ name: BatchName; message: ManifestChunkMessage }> {
  const name = { tenant, id: crypto.randomUUID() };
  await parts.batches.begin(name, { run: 1, lines: 2, chunks: 1 }, Date.now());
  await manifestChunks(name, 1, parts).keep(0, "1 {}\n3 x");
  const message = {
    version: 1,
    kind: "manifest-chunk",
    tenant,
    batch: name.id,
    run: 1,
    chunk: 0,
    requestId: "r",
  } as const;
  return { name, message };
}

const idOf = (body: unknown) => `given-up-${(body as { batch?: string }).batch}`;

/** Hands a message to one of the consumers, as the queue would; whether it is done with. */
async function handle(work: typeof fills, body: unknown): Promise<boolean> {
  const batch = createMessageBatch("any-queue", [{ id: idOf(body), timestamp: new Date(), attempts: 1, body }]);
  await work(batch, parts);
  return (await getQueueResult(batch, createExecutionContext())).explicitAcks.length === 1;
}

describe("a chunk of a manifest in the queue", () => {
  test("is expanded, and its lines are told of", async () => {
    const { name, message } = await oneChunk();
    expect(await handle(fills, message)).toBe(true);
    expect(await parts.batches.summary(name)).toMatchObject({
      ...{ lines: 2, rejected: 2, expanded: true, failure: null },
      errors: [
        { line: 1, code: "MISSING_FIELD" },
        { line: 3, code: "INVALID_JSON" },
      ],
    });
    expect(await manifestChunks(name, 1, parts).read(0)).toBeNull();
  });

  test("comes back when it could not be worked on", async () => {
    const { name, message } = await oneChunk();
    await manifestChunks(name, 1, parts).drop(0);
    expect(await handle(fills, message)).toBe(false);
    expect(await parts.batches.summary(name)).toMatchObject({ expanded: false, failure: null });
  });

  test("fails its batch once it is given up, and is kept with its lines", async () => {
    const { name, message } = await oneChunk();
    expect(await handle(deadLetters, message)).toBe(true);
    expect(await parts.batches.summary(name)).toMatchObject({ failure: { code: "GAVE_UP" } });
    expect(await manifestChunks(name, 1, parts).read(0)).toBe("1 {}\n3 x");
    expect(await parts.deadLetters.find(`given-up-${name.id}`)).toMatchObject({ tenant, batch: name.id });
  });

  test("of a version to come waits, and is not lost", async () => {
    const { message } = await oneChunk();
    expect(await handle(fills, { ...message, version: 2 })).toBe(false);
  });
});
