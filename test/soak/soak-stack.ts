import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "../../src/dev/stack.ts";
import { lastingPort } from "../system/resilience/lasting-port.ts";
import { startTestStack, type TestStackOptions } from "../system/stack/with-stack.ts";
import { onCleanUp } from "./clean-up.ts";
import { type PatternOrigin, startPatternOrigin } from "./pattern-origin.ts";

/** A local stack over a state of its own, and an origin that its demo tenant may read without proof. */
export type SoakStack = {
  readonly state: string;
  readonly origin: PatternOrigin;
  stack(): Stack;
  /** SIGKILL to the Workers. */
  crash(): Promise<void>;
  /** The same stack again, over what it left. */
  restart(): Promise<void>;
};

/** Runs `work` in such a stack and removes all of it, whatever happens. */
export async function inSoakStack<Result>(
  options: TestStackOptions,
  work: (soak: SoakStack) => Promise<Result>,
): Promise<Result> {
  const state = await mkdtemp(join(tmpdir(), "snapbyte-soak-"));
  const origin = await startPatternOrigin();
  let running: Stack | undefined;
  const remove = onCleanUp(async () => {
    await running?.stop();
    await origin.stop();
    await rm(state, { recursive: true, force: true, maxRetries: 5 });
  });
  try {
    const [port, originPort, databasePort] = await Promise.all([lastingPort(), lastingPort(), lastingPort()]);
    const start = async () => {
      const originRules = [origin.rule("public")];
      running = await startTestStack(state, { port, originPort, databasePort, originRules, ...options });
    };
    await start();
    return await work({
      state,
      origin,
      stack() {
        if (!running) throw new Error("the stack is down");
        return running;
      },
      async crash() {
        running?.kill();
        await running?.workersEnded;
        await running?.stop();
        running = undefined;
      },
      restart: start,
    });
  } finally {
    await remove();
  }
}
