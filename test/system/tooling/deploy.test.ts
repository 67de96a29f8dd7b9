import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { binary, startNode } from "./command.ts";

const WRANGLER = binary("wrangler", "bin/wrangler.js");
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "snapbyte-deploy-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const WORKERS = [
  // The library of sign-in loads parts of itself when it needs them.
  { name: "console", config: "src/console/wrangler.toml", binds: ["api"], later: /^chunk-\w+\.js$/ },
  // Its management comes as a module of its own.
  { name: "api", config: "wrangler.toml", binds: ["index", "objects", "fills"], later: /^router-\w+\.js$/ },
  { name: "consumer", config: "src/consumer/wrangler.toml", binds: ["index", "objects"], later: null },
];
const CASES = WORKERS.flatMap((worker) => ["staging", "production"].map((environment) => ({ ...worker, environment })));

test.each(CASES)(
  "the $name Worker can be deployed to $environment, without a warning",
  async ({ name, config, environment, binds, later }) => {
    const outdir = join(directory, name, environment);
    // A home of its own: nobody is logged in there.
    const wrangler = startNode(
      [WRANGLER, "deploy", "-c", config, "--env", environment, "--dry-run", "--outdir", outdir],
      { env: { HOME: directory, XDG_CONFIG_HOME: directory, WRANGLER_SEND_METRICS: "false" } },
    );
    expect(await wrangler.ended, wrangler.output()).toBe(0);
    expect(wrangler.output()).toMatch(/--dry-run: exiting now/);
    expect(wrangler.output()).not.toMatch(/warn|deprecat|experimental/i);
    for (const resource of binds) expect(wrangler.output()).toContain(`snapbyte-${resource}-${environment}`);
    expect(readFileSync(join(outdir, "worker.js"), "utf8")).toContain("export");
    const modules = readdirSync(outdir).filter((file) => file.endsWith(".js"));
    if (later) expect(modules).toContainEqual(expect.stringMatching(later));
    else expect(modules).toEqual(["worker.js"]);
  },
  120_000,
);
