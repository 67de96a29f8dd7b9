import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/setup/longest-first.ts";
import { CONTRACT_QUEUE, queueInspector } from "./test/setup/queue-inspector.ts";
import { testBindings } from "./test/setup/test-bindings.ts";

// Miniflare would ask Cloudflare what `request.cf` looks like: nothing in a test talks to the net.
process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";

/** Each of these files has a stack of its own. */
const SIDE_BY_SIDE = [
  "test/browser/**/*.test.ts",
  "test/system/{faults,front-door,secrets,soak,tooling,verifying}/**/*.test.ts",
  "test/system/delivery/{clients,fuzz,oracle,purge-holds,revoke-holds}.test.ts",
  "test/system/resilience/{dead-letters,fairness,restart}.test.ts",
];

export default defineConfig({
  // Vite warns of source maps that packages ship without their sources.
  logLevel: "error",
  test: {
    passWithNoTests: true,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // First and on every core: nothing here waits for a clock.
        test: {
          name: "rules",
          maxWorkers: "100%",
          sequence: { groupOrder: 0 },
          // Rules keep nothing from one call to the next, so their files may share a process: that takes half the time.
          isolate: false,
          // Properties with a thousand cases: a busy machine takes its time.
          testTimeout: 60_000,
          include: ["test/{app,console,core,sdk}/**/*.test.ts", "test/contracts/*.fake.test.ts", "test/*.test.ts"],
          // Sign-in has a Postgres, payment a stand-in of Stripe, and they belong to the servers of ours.
          exclude: ["test/console/{auth,stripe}/**"],
        },
      },
      {
        // The same for servers and commands of ours that are started.
        test: {
          name: "node",
          // Nor do these: a process for each would compile Postgres anew.
          isolate: false,
          maxWorkers: "100%",
          sequence: { groupOrder: 0 },
          testTimeout: 60_000,
          include: ["test/{api-bundle,cli,crowd,dev}/**/*.test.ts", "test/console/{auth,stripe}/**/*.test.ts"],
          globalSetup: "./test/setup/people-database.ts",
        },
      },
      {
        // The adapters, in the Worker that has most of the bindings.
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: "./src/consumer/wrangler.toml" },
            miniflare: {
              bindings: testBindings(inject("services")),
              queueProducers: { CONTRACT_FILLS: { queueName: CONTRACT_QUEUE } },
              ratelimits: { CONTRACT_LIMIT: { namespace_id: "1", simple: { limit: 3, period: 60 } } },
              workers: [queueInspector(CONTRACT_QUEUE)],
            },
          })),
        ],
        test: {
          name: "workers-consumer",
          maxWorkers: 2,
          testTimeout: 60_000,
          sequence: { groupOrder: 1 },
          // Contracts keep to keys of their own, so their files may share one isolate: that takes half the time.
          isolate: false,
          include: ["test/contracts/*.workerd.test.ts", "test/workers/{platform,consumer}/**/*.test.ts"],
          globalSetup: "./test/setup/services.ts",
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            main: "./test/workers/api/main.ts",
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: testBindings(inject("services")),
              durableObjects: {
                FILL_GATE: { className: "FillGateObject", useSQLite: true },
                WITHDRAWALS: { className: "WithdrawalsObject", useSQLite: true },
              },
              workers: [queueInspector("snapbyte-fills-local")],
            },
          })),
        ],
        test: {
          name: "workers-api",
          maxWorkers: 2,
          testTimeout: 60_000,
          sequence: { groupOrder: 1 },
          include: ["test/workers/api/**/*.test.ts"],
          globalSetup: "./test/setup/services.ts",
        },
      },
      {
        // The whole stack, one for each of two cores: some of these are measured by the clock.
        test: {
          name: "system",
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          include: ["test/system/**/*.test.ts"],
          exclude: SIDE_BY_SIDE,
          globalSetup: "./test/system/stack/state-template.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The same, and a real browser, where nobody looks at the clock.
        test: {
          name: "side-by-side",
          // Each has a stack of its own, not a process: to read the same modules anew takes a sixth of the time.
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
          include: SIDE_BY_SIDE,
          globalSetup: "./test/system/stack/state-template.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
