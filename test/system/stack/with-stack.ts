import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import { freePort } from "../../../src/dev/net/listen.ts";
import { type Stack, type StackOptions, startStack } from "../../../src/dev/stack.ts";
import { expectNoSecrets } from "./no-secrets.ts";
import { beginWithTemplate, builtWorkers } from "./state-template.ts";

const START_TIMEOUT_MS = 180_000;
const TEST_TIMEOUT_MS = 180_000;

export type TestStackOptions = Partial<Omit<StackOptions, "state">>;

/**
 * A directory for a stack's state; `remove` it when the stack has stopped. That fails the file's tests when the state
 * holds, anywhere and in clear, a signature that they have noted.
 */
export async function temporaryState(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "snapbyte-test-"));
  return {
    path,
    async remove() {
      try {
        await expectNoSecrets(path);
      } finally {
        await rm(path, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
}

/** Starts the whole local stack over a state directory, on free ports. Whoever starts it stops it. */
export async function startTestStack(state: string, options: TestStackOptions = {}): Promise<Stack> {
  const defaults = { fresh: false, originRules: [], originPort: null, databasePort: null };
  await beginWithTemplate(state);
  return await startStack({ ...defaults, ...builtWorkers(), port: await freePort(), ...options, state });
}

/**
 * Gives the tests of this file a fresh stack of their own, stopped and removed after the last of them. `options` are
 * asked for right before the start, so that an origin may be started there. Call the result inside of tests:
 *
 *     const stack = withStack();
 *     it("answers", async () => { await fetch(`${stack().api}/health`); });
 */
export function withStack(options: () => Promise<TestStackOptions> = async () => ({})): () => Stack {
  vi.setConfig({ testTimeout: TEST_TIMEOUT_MS });
  let running: Stack | undefined;
  let state: Awaited<ReturnType<typeof temporaryState>> | undefined;

  beforeAll(async () => {
    state = await temporaryState();
    running = await startTestStack(state.path, await options());
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await running?.stop();
    await state?.remove();
  }, START_TIMEOUT_MS);

  return () => {
    if (!running) throw new Error("the stack runs only while tests do");
    return running;
  };
}
