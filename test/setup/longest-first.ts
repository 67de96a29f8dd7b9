import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take longest, the longest first. Vitest begins with the largest until it has seen how long each takes, which
 * on a fresh clone it has not: then it would wait for these in the end, with nothing else to do.
 */
const LONG = [
  "browser/console/console",
  "system/faults/broken-transfers",
  "system/faults/wrong-answers",
  "system/front-door/main-job",
  "system/resilience/faults",
  "system/delivery/oracle",
  "system/front-door/management",
  "system/secrets/at-rest",
  "system/front-door/newcomer",
  "system/resilience/dead-letters",
  "system/delivery/purge-holds",
  "browser/chromium",
  "system/soak/usage",
  "system/front-door/stream-mode",
  "system/resilience/restart",
  "system/delivery/clients",
  "system/front-door/purge",
  "system/tooling/npm-ends",
].map((name) => `/test/${name}.test.ts`);

function place({ moduleId }: TestSpecification): number {
  const at = LONG.findIndex((path) => moduleId.endsWith(path));
  return at < 0 ? LONG.length : at;
}

/** What vitest would do, but for those. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
