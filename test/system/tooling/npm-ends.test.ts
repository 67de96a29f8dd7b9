import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "../../../src/dev/net/listen.ts";
import { beginWithTemplate } from "../stack/state-template.ts";
import { until } from "../stack/until.ts";
import { temporaryState } from "../stack/with-stack.ts";
import { ROOT } from "./command.ts";
import { processesOf } from "./processes.ts";

let state: Awaited<ReturnType<typeof temporaryState>>;

beforeEach(async () => {
  state = await temporaryState();
  await beginWithTemplate(state.path);
});

afterEach(async () => {
  await state.remove();
});

test.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)(
  "npm run dev leaves nothing behind when npm alone gets %s",
  async (signal) => {
    const args = ["run", "dev", "--", "--port", String(await freePort()), "--console-port", "0", "--state", state.path];
    const npm = spawn("npm", args, { cwd: ROOT, stdio: "ignore" });
    await until("the stack is up", async () => existsSync(join(state.path, "dev.json")) || null);
    npm.kill(signal);
    await until("all of it has ended", async () => {
      const left = processesOf(state.path).filter((line) => !line.startsWith(`${npm.pid}:`));
      return left.length === 0 || null;
    });
    expect(existsSync(join(state.path, "dev.json"))).toBe(false);
  },
  120_000,
);
