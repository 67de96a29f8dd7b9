import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";
import { inTurns } from "../src/app/in-turns.ts";
import { CHECKS } from "./checks.ts";

/** Runs every check, as many at a time as the machine has cores, then tells of each in their order; how many held. */
export async function runChecks(env: NodeJS.ProcessEnv): Promise<{ passed: number; failed: number }> {
  const outcomes = await inTurns(CHECKS, availableParallelism(), async ({ name, command }) => {
    return { name, ...(await run(command, env)) };
  });
  for (const { name, fine, printed } of outcomes) {
    process.stdout.write(printed);
    console.log(`${fine ? "ok    " : "FAILED"} ${name}`);
  }
  const passed = outcomes.filter(({ fine }) => fine).length;
  return { passed, failed: outcomes.length - passed };
}

async function run(
  [tool = "", ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly fine: boolean; readonly printed: string }> {
  const child = spawn(tool, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
  const [out, err, fine] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { fine, printed: out + err };
}
