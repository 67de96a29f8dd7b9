import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * A clock of the CPU time, user and system, that a process has used in all its threads: microseconds. Exact where the
 * kernel tells of each thread what it ran (CONFIG_SCHED_INFO), which counts threads that are alive: workerd ends none.
 * Elsewhere in steps of a tick, 10 ms as a rule.
 */
export function cpuClock(pid: number): () => number {
  if (process.platform !== "linux") throw new Error("CPU time is read from /proc, which only Linux has");
  const tasks = `/proc/${pid}/task`;
  if (existsSync(`/proc/${pid}/schedstat`)) {
    const ran = (task: string) => nanosecondsOf(readFileSync(`${tasks}/${task}/schedstat`, "utf8"));
    return () => readdirSync(tasks).reduce((sum, task) => sum + ran(task), 0) / 1000;
  }
  const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  return () => (ticksOf(readFileSync(`/proc/${pid}/stat`, "utf8")) / ticksPerSecond) * 1_000_000;
}

/** What a thread ran, from the text of its `schedstat`: its first number (Linux, Documentation/scheduler/sched-stats). */
export function nanosecondsOf(schedstat: string): number {
  const [, ran] = /^(\d+) \d+ \d+\s*$/.exec(schedstat) ?? [];
  if (ran === undefined) throw new Error("this is no schedstat");
  return Number(ran);
}

/**
 * Clock ticks, user and system, of a process from the text of `/proc/PID/stat` (man 5 proc_pid_stat, fields 14 and 15).
 * The second field is the program's name and may hold spaces and brackets, so counting begins behind its last bracket.
 */
export function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  if (!Number.isInteger(user) || !Number.isInteger(system)) throw new Error("this is no /proc/PID/stat");
  return user + system;
}
