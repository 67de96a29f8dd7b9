import type { ChildProcess } from "node:child_process";

/** A process of ours. */
export type Owned = {
  readonly pid: number;
  /** Settles once it has ended, by itself or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

/** Takes charge of a process that was just started: it ends with this one at the latest. */
export function owned(child: ChildProcess): Owned {
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  return {
    pid: child.pid ?? 0,
    ended,
    async stop() {
      kill();
      await ended;
      process.off("exit", kill);
    },
  };
}
