import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The workerd that runs the Workers of a stack, as Linux shows it. */
export type Workerd = {
  readonly pid: number;
  /** Ports of 127.0.0.1 on which it listens: nobody may choose them, and so they are looked for. */
  readonly ports: readonly number[];
};

/** Those of the stack over this state: wrangler starts one for its own proxy beside the one that matters. */
export function workerdsOf(state: string): readonly Workerd[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const ours = pids.filter((pid) => {
    const isWorkerd = read(`/proc/${pid}/cmdline`).split("\0")[0]?.endsWith("/workerd");
    return isWorkerd && read(`/proc/${pid}/environ`).includes(`${state}/wrangler/workers`);
  });
  return ours.map((pid) => ({ pid: Number(pid), ports: portsOf(pid) }));
}

/** Bytes of memory that a process has, shared ones included. */
export function residentBytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}

/** Bytes on connections to or from this port that the kernel holds, and nobody has read. */
export function unreadBytes(port: number): number {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return tcpLines().reduce((sum, [, local = "", remote = "", , queues = ""]) => {
    const [sending = "0", received = "0"] = queues.split(":");
    if (local.endsWith(suffix)) return sum + Number.parseInt(sending, 16);
    return remote.endsWith(suffix) ? sum + Number.parseInt(received, 16) : sum;
  }, 0);
}

function portsOf(pid: string): number[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap(
      (fd) => /^socket:\[(\d+)\]$/.exec(target(`/proc/${pid}/fd/${fd}`))?.[1] ?? [],
    ),
  );
  const LISTENS = "0A";
  return tcpLines()
    .filter((fields) => fields[3] === LISTENS && inodes.has(fields[9] ?? ""))
    .map(([, local = ""]) => Number.parseInt(local.split(":")[1] ?? "0", 16));
}

/** The fields of each line of https://docs.kernel.org/networking/proc_net_tcp.html. */
function tcpLines(): string[][] {
  const [, ...lines] = read("/proc/net/tcp").trim().split("\n");
  return lines.map((line) => line.trim().split(/\s+/));
}

/** Empty for what is gone by now. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function target(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
