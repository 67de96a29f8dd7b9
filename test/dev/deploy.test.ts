import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deploySteps } from "../../src/cli/deploy.ts";

const DEPLOY = join(import.meta.dirname, "../../src/cli/deploy.ts");

test("tests, migrations, consumer, api, console: in this order", () => {
  const steps = deploySteps("staging", false);
  expect(steps.map((step) => step.name)).toEqual([
    "npm test",
    "migrations",
    "wrangler deploy -c src/consumer/wrangler.toml",
    "wrangler deploy -c wrangler.toml",
    "wrangler deploy -c src/console/wrangler.toml",
  ]);
  expect(steps.slice(2).map((step) => step.command.slice(2).join(" "))).toEqual([
    "deploy -c src/consumer/wrangler.toml --env staging",
    "deploy -c wrangler.toml --env staging",
    "deploy -c src/console/wrangler.toml --env staging",
  ]);
});

test("a dry run touches no database", () => {
  const steps = deploySteps("production", true);
  expect(steps.map((step) => step.name)).not.toContain("migrations");
  expect(steps.at(-1)?.command.at(-1)).toBe("--dry-run");
});

test.each([[[]], [["prod"]], [["staging", "production"]], [["staging", "--force"]], [["staging"]]])(
  "%j without DATABASE_URL deploys nothing",
  (args) => {
    const env = { PATH: process.env.PATH ?? "" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [DEPLOY, ...args], { env, encoding: "utf8" });
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/Usage|DATABASE_URL/);
  },
);
