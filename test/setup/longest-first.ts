import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take longest, the longest first. Vitest begins with the largest until it has seen how long each takes, which
 * on a fresh clone it has not: then it would wait for these in the end, with nothing else to do.
 */
const LONG = [
  "faults/wrong-answers",
  "delivery/oracle",
  "faults/broken-transfers",
  "resilience/faults",
  "soak/sizes",
  "delivery/purge-holds",
  "secrets/at-rest",
  "front-door/main-job",
  "soak/purges",
  "soak/duplicates",
  "soak/usage",
  "soak/kills",
].map((name) => `/test/system/${name}.test.ts`);

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
