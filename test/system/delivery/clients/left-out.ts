import { it } from "vitest";
import { isHere } from "./run-tool.ts";

/** The clients that a machine may have, by the names of their packages on Debian and Ubuntu. */
const TOOLS = { curl: "curl", wget: "wget", aria2c: "aria2", ffmpeg: "ffmpeg", ffprobe: "ffmpeg" } as const;

export type Tool = keyof typeof TOOLS;

/** The clients that are here. */
export const HERE: ReadonlySet<Tool> = new Set((Object.keys(TOOLS) as Tool[]).filter(isHere));

/** Call it once in a test file: says which of the clients that it wants are not tested on this machine. */
export function tellWhatIsLeftOut(wanted: readonly Tool[]): void {
  for (const tool of wanted.filter((each) => !HERE.has(each))) {
    const leftOut = `left out: ${tool} is not here (package ${TOOLS[tool]})`;
    it(leftOut, () => console.info(leftOut));
  }
}
