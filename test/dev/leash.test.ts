import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";

const LEASH = join(import.meta.dirname, "../../src/dev/process/leash.ts");
/** Tells its pid and that of a child of its own, then both live on. */
const FAMILY = 'sleep 600 & echo "$$ $!"; exec sleep 600';

/** A process that has ended and that nobody has buried yet (state Z) is dead enough. */
function isAlive(pid: number): boolean {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  return state !== "" && !state.startsWith("Z");
}

async function startFamily() {
  const leash = spawn(process.execPath, [LEASH, "sh", "-c", FAMILY], {
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await once(leash.stdout, "data");
  const pids = String(line).trim().split(" ").map(Number);
  expect(pids.map(isAlive)).toEqual([true, true]);
  return { leash, pids };
}

test("closing the leash's input ends the whole family", async () => {
  const { leash, pids } = await startFamily();
  leash.stdin.end();
  await once(leash, "exit");
  await sleep(100);
  expect(pids.map(isAlive)).toEqual([false, false]);
});

test("the end of the command ends its children", async () => {
  const { leash, pids } = await startFamily();
  process.kill(pids[0] ?? 0, "SIGKILL");
  await once(leash, "exit");
  await sleep(100);
  expect(pids.map(isAlive)).toEqual([false, false]);
});

test("a parent that is killed takes the family with it", async () => {
  const script = `
    const { spawn } = require("node:child_process");
    const leash = spawn(process.execPath, ["${LEASH}", "sh", "-c", ${JSON.stringify(FAMILY)}],
      { detached: true, stdio: ["pipe", "pipe", "inherit"] });
    leash.stdout.once("data", (line) => { process.stdout.write(line); process.kill(process.pid, "SIGKILL"); });
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const pids = (await text(parent.stdout)).trim().split(" ").map(Number);
  await sleep(200);
  expect(pids.length).toBe(2);
  expect(pids.map(isAlive)).toEqual([false, false]);
});
