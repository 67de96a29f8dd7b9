import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { startAdapter } from "./cache-tests/adapter.ts";
import { DIFFERENCES } from "./cache-tests/differences.ts";
import { DELIVERY, SAFETY } from "./cache-tests/held.ts";
import { runSuite, type SuiteResults } from "./cache-tests/run-suite.ts";
import { type SuiteOrigin, startSuiteOrigin } from "./cache-tests/suite-origin.ts";

/** A hundred tests have their objects filled at once: from one origin, which nobody need spare. */
const NO_LIMITS = { TENANT_FILLS: "500", ORIGIN_CONNECTIONS: "500" };
const SUITE_TIMEOUT_MS = 300_000;

describe("the suite for HTTP caches, by an editor of RFC 9111", () => {
  let origin: SuiteOrigin | undefined;
  let results: SuiteResults = { passed: new Set(), failed: new Map() };
  const stack = withStack(async () => {
    origin = await startSuiteOrigin();
    return { originRules: origin.rules, vars: NO_LIMITS };
  });
  beforeAll(async () => {
    if (!origin) throw new Error("the suite's origin runs only while tests do");
    const adapter = await startAdapter(stack(), origin);
    results = await runSuite(adapter.url).finally(() => adapter.stop());
  }, SUITE_TIMEOUT_MS);
  afterAll(async () => await origin?.stop());

  const failedOf = (tests: readonly string[]) => tests.filter((id) => !results.passed.has(id));

  it("finds nothing reused that may not be: 38 tests", () => {
    expect(new Set(SAFETY).size).toBe(38);
    expect(failedOf(SAFETY)).toEqual([]);
  });

  it("finds copies handed over as they should be", () => {
    expect(failedOf(DELIVERY)).toEqual([]);
  });

  it("ends otherwise in those tests that are listed with their reason, and in no other", () => {
    const listed = DIFFERENCES.flatMap(({ tests }) => tests);
    const unlisted = [...results.failed].filter(([id]) => !listed.includes(id));
    expect(unlisted).toEqual([]);
    expect(listed.filter((id) => !results.failed.has(id))).toEqual([]);
    console.info(`${results.passed.size} tests passed, ${listed.length} end otherwise`);
  });
});
