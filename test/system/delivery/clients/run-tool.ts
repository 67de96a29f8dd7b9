import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

/** Of a tool's output, in bytes: a log of aria2 is long. */
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;
/** Nothing here takes a tenth of that: whatever hangs is ended, and the test says so. */
const TOOL_TIMEOUT_MS = 100_000;

export type Output = { readonly stdout: string; readonly stderr: string };

/** Runs a tool to its end; rejects with what it has said when it fails. */
export async function runTool(tool: string, args: readonly string[]): Promise<Output> {
  const options = { env: plainEnvironment(), maxBuffer: MAX_OUTPUT_BYTES, timeout: TOOL_TIMEOUT_MS };
  return await promisify(execFile)(tool, args, options);
}

/** Whether a tool is on this machine. */
export function isHere(tool: string): boolean {
  return spawnSync(tool, ["-version"], { stdio: "ignore" }).error === undefined;
}

/** A user's environment without their proxies: what is asked for is on this machine. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}
