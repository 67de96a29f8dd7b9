/** What is used of the suite, which has no types of its own. */
declare module "http-cache-tests/client/runner.mjs" {
  import type { SuiteGroup } from "http-cache-tests/tests/index.mjs";
  export function runTests(
    groups: readonly SuiteGroup[],
    send: typeof fetch,
    browserCache: boolean,
    base: string,
    chunkSize?: number,
  ): Promise<void>;
  /** By id: passed, or what went wrong. */
  export function getResults(): Record<string, true | readonly [kind: string, message: string]>;
}

declare module "http-cache-tests/tests/index.mjs" {
  export type SuiteTest = {
    readonly id: string;
    readonly name: string;
    /** Required where it is absent. */
    readonly kind?: "required" | "optimal" | "check";
    readonly browser_only?: boolean;
  };
  export type SuiteGroup = { readonly id: string; readonly name: string; readonly tests: readonly SuiteTest[] };
  const groups: readonly SuiteGroup[];
  export default groups;
}

declare module "http-cache-tests/tests/surrogate-control.mjs" {
  import type { SuiteGroup } from "http-cache-tests/tests/index.mjs";

  const group: SuiteGroup;
  export default group;
}

declare module "http-cache-tests/server/handle-test.mjs" {
  import type { IncomingMessage, ServerResponse } from "node:http";
  export default function handleTest(path: readonly string[], request: IncomingMessage, response: ServerResponse): void;
}

declare module "http-cache-tests/server/handle-config.mjs" {
  export { default } from "http-cache-tests/server/handle-test.mjs";
}

declare module "http-cache-tests/server/handle-state.mjs" {
  export { default } from "http-cache-tests/server/handle-test.mjs";
}
