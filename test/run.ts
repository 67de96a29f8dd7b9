/**
 * `npm test`: format, lint, types, then every test; a plain line that counts them comes last. Arguments go to vitest, so
 * `npm test -- test/core` runs a part.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runChecks } from "./run-checks.ts";

const directory = mkdtempSync(join(tmpdir(), "snapbyte-test-"));
const report = join(directory, "report.json");

/**
 * V8 of Node 24 may end the whole process when it throws WebAssembly away that it has compiled anew ("Check failed:
 * jit_page_->allocations_.erase"): undici parses HTTP in it, and a run of minutes sends a lot of that.
 */
const FOR_V8 = ["--no-wasm-code-gc"];

const env = {
  ...process.env,
  // Offline, wrangler must not ask for a place on the map.
  ...{ CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false" },
  // Some two hundred processes of Node begin with the same modules, wrangler's above all: they are compiled once.
  NODE_COMPILE_CACHE: join(directory, "compiled"),
};

/** Runs a tool of this project; its output is the user's. */
function run([tool = "", ...args]: readonly string[]): boolean {
  return spawnSync(tool, args, { stdio: ["ignore", "inherit", "inherit"], env }).status === 0;
}

/** The names of all tests in vitest's report. */
function namesOfTests({ testResults }: { testResults: { assertionResults: { title: string }[] }[] }): string[] {
  return testResults.flatMap(({ assertionResults }) => assertionResults.map(({ title }) => title));
}

let { passed, failed } = await runChecks(env);
let skipped = 0;
/** What this machine lacks, by the tests that tell of it: they are none of those that passed. */
let leftOut: string[] = [];

const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
const vitest = fileURLToPath(new URL("vitest.mjs", import.meta.resolve("vitest/package.json")));
const allPassed = run([process.execPath, ...FOR_V8, vitest, "run", ...reporters, ...process.argv.slice(2)]);
try {
  const counts = JSON.parse(readFileSync(report, "utf8"));
  leftOut = namesOfTests(counts).filter((name) => name.startsWith("left out: "));
  passed += counts.numPassedTests - leftOut.length;
  failed += counts.numFailedTests;
  skipped += counts.numPendingTests + counts.numTodoTests;
} catch {
  console.log("FAILED the test runner ended without a report");
}
rmSync(directory, { recursive: true, force: true });
// A file that cannot be loaded has no failed test, and fails all the same.
if (!allPassed && failed === 0) failed = 1;

for (const name of leftOut) console.log(name);
console.log(`tests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed > 0 ? 1 : 0);
