import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";
import { CHECKS } from "./checks.ts";

type Outcome = { readonly fine: boolean; readonly printed: string };

/** Runs every check, as many at a time as the machine has cores, and tells of each in their order; how many held. */
export async function runChecks(env: NodeJS.ProcessEnv): Promise<{ passed: number; failed: number }> {
  const outcomes: Promise<Outcome>[] = [];
  const waiting: (() => void)[] = [];
  let free = availableParallelism();
  for (const { command } of CHECKS) {
    const turn = free-- > 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve));
    outcomes.push(turn.then(() => run(command, env)).finally(() => waiting.shift()?.()));
  }
  let failed = 0;
  for (const [at, { name }] of CHECKS.entries()) {
    const { fine, printed } = (await outcomes[at]) ?? { fine: false, printed: "" };
    process.stdout.write(printed);
    console.log(`${fine ? "ok    " : "FAILED"} ${name}`);
    if (!fine) failed += 1;
  }
  return { passed: CHECKS.length - failed, failed };
}

async function run([tool = "", ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const child = spawn(tool, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
  const [out, err, fine] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { fine, printed: out + err };
}
