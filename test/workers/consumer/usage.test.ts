import { createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { compose } from "../../../src/consumer/compose.ts";
import { parseConsumerEnv } from "../../../src/consumer/env.ts";
import { usage } from "../../../src/consumer/usage.ts";
import { connect } from "../../../src/platform/postgres/database.ts";
import { tenants } from "../../../src/platform/postgres/schema.ts";
import { newKey, newTenant } from "../../contracts/keys.ts";
import { batchOf, cellOf } from "../../contracts/usage-batches.ts";

const raw = env as unknown as Readonly<Record<string, unknown>>;
const reports: string[] = [];
const parts = { ...compose(parseConsumerEnv(raw)), report: (what: string) => void reports.push(what), random: () => 0 };
const tenant = newTenant();

beforeAll(async () => {
  await connect(inject("services").database).insert(tenants).values({ id: tenant, site: tenant });
});

const hits = (count: number) => batchOf([cellOf(newKey(tenant), Date.now(), { hits: count })], Date.now());

/** Hands messages to the consumer as the queue would; which of them it is done with, and which come again, and when. */
async function handle(bodies: readonly unknown[], { attempts = 1, with: used = parts } = {}) {
  const [acks, again]: [string[], [string, number | undefined][]] = [[], []];
  const messages = bodies.map((body, at) => {
    const id = String(at);
    const retry = (options?: QueueRetryOptions) => void again.push([id, options?.delaySeconds]);
    return { id, timestamp: new Date(), attempts, body, ack: () => void acks.push(id), retry };
  });
  await usage({ ...createMessageBatch("snapbyte-usage-local", []), messages } as MessageBatch, used);
  return { acks, again };
}

async function counted(): Promise<number> {
  const now = Date.now();
  const span = {
    from: now - 86_400_000,
    to: now + 1,
    by: "day",
    group: "none",
    entry: null,
    cursor: null,
    limit: 10,
  } as const;
  const { rows } = await parts.usageLedger.report(tenant, span);
  return rows.reduce((sum, { counts }) => sum + counts.hits, 0);
}

describe("what isolates have counted", () => {
  test("is added, each batch once", async () => {
    const before = await counted();
    const [one, two] = [hits(1), hits(10)];
    expect(await handle([one, two, one])).toEqual({ acks: ["0", "1", "2"], again: [] });
    expect(await handle([two])).toEqual({ acks: ["0"], again: [] });
    expect(await counted()).toBe(before + 11);
  });

  test("that is not of a version known here holds nobody up, and is left to people", async () => {
    const before = await counted();
    const { acks, again } = await handle([{ ...hits(1), version: 2 }, hits(1), "no batch"]);
    expect(acks).toEqual(["1"]);
    expect(again.map(([id]) => id)).toEqual(["0", "2"]);
    expect(await counted()).toBe(before + 1);
    expect(reports.splice(0)).toEqual(["usage", "usage"]);
  });

  test("comes again, later and later, while it cannot be added", async () => {
    const away = { ...parts.usageLedger, add: () => Promise.reject(new Error("Postgres is away")) };
    const used = { ...parts, usageLedger: away };
    expect(await handle([hits(1)], { with: used })).toEqual({ acks: [], again: [["0", 3]] });
    expect(await handle([hits(1)], { attempts: 4, with: used })).toEqual({ acks: [], again: [["0", 20]] });
    expect(await handle([hits(1)], { attempts: 90, with: used })).toEqual({ acks: [], again: [["0", 300]] });
    expect(reports.splice(0)).toEqual(["usage", "usage", "usage"]);
  });

  test("goes to Postgres in statements that are not too large", async () => {
    const sizes: number[] = [];
    const add = async (batches: readonly { readonly cells: readonly unknown[] }[]) => {
      sizes.push(batches.reduce((sum, { cells }) => sum + cells.length, 0));
      return batches.length;
    };
    const large = () =>
      batchOf(
        Array.from({ length: 600 }, () => cellOf(newKey(tenant), Date.now(), {})),
        Date.now(),
      );
    const used = { ...parts, usageLedger: { ...parts.usageLedger, add } };
    const { acks } = await handle(Array.from({ length: 20 }, large), { with: used });
    expect(acks).toHaveLength(20);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(12_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5_600);
  });
});
