import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Processes whose command line, working directory or environment names this directory, each as its command line. */
export function processesOf(directory: string): string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.flatMap((pid) => {
    const commandLine = readText(`/proc/${pid}/cmdline`);
    const traces = [commandLine, readText(`/proc/${pid}/environ`), readTarget(`/proc/${pid}/cwd`)];
    return traces.some((text) => text.includes(directory)) ? [`${pid}: ${commandLine.replaceAll("\0", " ")}`] : [];
  });
}

/** Empty for what is not ours to see, or gone by now. */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function readTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
