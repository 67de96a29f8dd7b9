import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge } from "./demo/judge.ts";
import { observe } from "./demo/observe.ts";
import { table } from "./demo/table.ts";
import { startStack } from "./stack.ts";
import { StackError } from "./stack-error.ts";

/** `npm run demo`: does the main job on a stack of its own; 0 when the cache did all that it promises. */
async function main(state: string): Promise<number> {
  console.log("Starting a stack for the demo …\n");
  const stack = await startStack({ state, port: 0 });
  try {
    const seen = await observe(stack);
    console.log(table({ "first download": seen.first, "second download": seen.second }));
    const complaints = judge(stack, seen);
    if (complaints.length > 0) {
      console.error(`\nFailed: ${complaints.join("; ")}.`);
      return 1;
    }
    const spent = seen.asked.reduce((sum, request) => sum + request.bytes, 0);
    console.log(`\nThe second download cost the origin ${spent} of ${seen.second.bytes} bytes.`);
    return 0;
  } finally {
    await stack.stop();
  }
}

const state = await mkdtemp(join(tmpdir(), "snapbyte-demo-"));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    // What was started dies with this process.
    rmSync(state, { recursive: true, force: true, maxRetries: 3 });
    process.exit(130);
  });
}
try {
  process.exitCode = await main(state);
} catch (error) {
  console.error(error instanceof StackError ? error.message : error);
  process.exitCode = 1;
}
if (process.exitCode === 0) await rm(state, { recursive: true, force: true });
else console.error(`The logs are in ${state}.`);
process.exit();
