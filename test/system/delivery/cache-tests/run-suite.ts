import { getResults, runTests } from "http-cache-tests/client/runner.mjs";
import groups, { type SuiteTest } from "http-cache-tests/tests/index.mjs";
import surrogate from "http-cache-tests/tests/surrogate-control.mjs";

/** What the suite says of a cache, by the ids of its tests. */
export type SuiteResults = {
  readonly passed: ReadonlySet<string>;
  /** With what went wrong. */
  readonly failed: ReadonlyMap<string, string>;
};

/** Tests under way at a time, most of which wait for 3 s. */
const SIDE_BY_SIDE = 50;

/**
 * Runs all tests of what a shared cache must do or would best do. Left out: those that ask what a cache
 * does where either is right (`check`), and those for browsers.
 */
export async function runSuite(url: string): Promise<SuiteResults> {
  const judged = [...groups, surrogate].map((group) => ({ ...group, tests: group.tests.filter(isJudged) }));
  await runTests(judged, fetch, false, url, SIDE_BY_SIDE);
  const results = Object.entries(getResults());
  return {
    passed: new Set(results.filter(([, result]) => result === true).map(([id]) => id)),
    failed: new Map(results.flatMap(([id, result]) => (result === true ? [] : [[id, result.join(": ")]]))),
  };
}

function isJudged({ kind, browser_only: forBrowsers = false }: SuiteTest): boolean {
  return kind !== "check" && !forBrowsers;
}
