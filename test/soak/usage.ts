import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresUsage } from "../../src/platform/postgres/usage-ledger.ts";
import { until } from "../system/stack/until.ts";
import { onCleanUp } from "./clean-up.ts";
import type { Outcome } from "./outcome.ts";
import { startApiIsolates } from "./usage/api-isolates.ts";
import { clientsOf, type Seen } from "./usage/client.ts";
import { differences, hitSums, type Sums, toldSums, wantedSums } from "./usage/compare.ts";
import { startConsumer } from "./usage/consumer-process.ts";
import { openDeadlyPostgres } from "./usage/deadly-postgres.ts";
import { openPostOffice } from "./usage/post-office.ts";
import { startUsageWorld, type UsageWorld } from "./usage/usage-world.ts";

/** Nothing here protects anything, and no store is asked by its S3 address. */
const VARS = {
  ...{ ENVIRONMENT: "local", DEFAULT_TENANT: "edge", SECRET_KEYS: `1:${"A".repeat(43)}` },
  ...{ R2_S3_ENDPOINT: "http://127.0.0.1:9", R2_S3_BUCKET: "objects" },
  ...{ R2_S3_ACCESS_KEY_ID: "key", R2_S3_SECRET_ACCESS_KEY: "secret" },
};

/** Of fewer nothing is to be learnt. */
const FEWEST_BATCHES = 6;

/**
 * Many clients do this and that to several api isolates and note what was answered, while half of the batches of what was
 * counted come twice, and one of the two consumers dies with a batch in its hands that it has added. Then the sums of hours,
 * days and months are compared with the clients' notes.
 */
export async function usageAddsUp({ events = 20_000, clients = 50, isolates = 3 } = {}): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-usage-"));
  const running: { stop(): Promise<void> }[] = [{ stop: () => rm(directory, { recursive: true, force: true }) }];
  const keep = <Running extends { stop(): Promise<void> }>(started: Running): Running => {
    running.push(started);
    return started;
  };
  const remove = onCleanUp(async () => {
    for (const each of running.splice(0).reverse()) await each.stop();
  });
  try {
    const world = keep(await startUsageWorld());
    const vars = { ...VARS, DATABASE_URL: world.databaseUrl, NEON_ENDPOINT: world.endpoint };
    const office = keep(await openPostOffice());
    const doomed = Promise.withResolvers<{ stop(): Promise<void> }>();
    const deadly = keep(await openDeadlyPostgres(world.endpoint, async () => await (await doomed.promise).stop()));
    const first = keep(await startConsumer(directory, "first", { ...vars, NEON_ENDPOINT: deadly.endpoint }));
    doomed.resolve(first);
    office.open([first, keep(await startConsumer(directory, "second", vars))]);
    const apis = keep(await startApiIsolates(directory, isolates, { vars, postOffice: office.url }));

    const { seen, work } = clientsOf(apis, world);
    await Promise.all(Array.from({ length: clients }, () => work(events)));
    const wanted = () => wantedSums(seen, world.sent());
    let told: Sums = {};
    await until(
      "all is added, and the queue is empty",
      async () => {
        told = await toldSums(world, "usage_hours");
        const isThere = Object.entries(wanted()).every(([name, count]) => (told[name] ?? 0) >= count);
        return isThere && office.counts().waiting === 0 ? true : null;
      },
      () => JSON.stringify({ told, wanted: wanted(), ...office.counts() }),
    );
    const failures = await compareAll(world, seen);
    const { messages, batches, again, lost } = office.counts();
    const now = Date.now();
    const arrivals = await postgresUsage(world.db).arrivals({ from: 0, to: now + 1, settled: now + 1 });
    if (arrivals.missing > 0) failures.push(`${arrivals.missing} batches are missing`);
    if (messages < arrivals.added) failures.push(`${messages} messages came, and ${arrivals.added} were added`);
    if (batches < FEWEST_BATCHES) failures.push(`there were only ${batches} batches`);
    if (again < Math.floor(batches / 2)) failures.push(`only ${again} of ${batches} batches were made to come again`);
    if (!deadly.hasKilled() || lost === 0) failures.push("no consumer was killed with a batch in its hands");
    const rows = [[seen.events(), messages, batches, again, lost].map(String)];
    return { head: ["events", "messages", "in batches", "of which came again", "in dead hands"], rows, failures };
  } finally {
    await remove();
  }
}

async function compareAll(world: UsageWorld, seen: Seen): Promise<string[]> {
  const wanted = wantedSums(seen, world.sent());
  await postgresUsage(world.db).rollUp();
  const failures = differences("entries", await hitSums(world), Object.fromEntries(seen.hits));
  for (const table of ["usage_hours", "usage_days", "usage_months"]) {
    failures.push(...differences(table, await toldSums(world, table), wanted));
  }
  return failures;
}
