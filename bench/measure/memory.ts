import { readFileSync, writeFileSync } from "node:fs";

const KIB_PER_MIB = 1024;

/**
 * Begins to watch how far a process's memory (its resident set) grows: what is returned tells by how many MiB the peak
 * since then exceeds what it had at the beginning (man 5 proc_pid_clear_refs: 5 resets the peak).
 */
export function watchMemory(pid: number): () => number {
  const read = (field: string) => kibOf(readFileSync(`/proc/${pid}/status`, "utf8"), field);
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const before = read("VmRSS");
  return () => Math.max(0, read("VmHWM") - before) / KIB_PER_MIB;
}

/** A field of the text of `/proc/PID/status` that is in kB. */
export function kibOf(status: string, field: string): number {
  const [, kib] = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status) ?? [];
  if (kib === undefined) throw new Error(`no ${field} in /proc/PID/status`);
  return Number(kib);
}
