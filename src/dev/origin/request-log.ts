import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** One finished request of the demo origin; its query is left out, since it holds the signature. */
export type OriginRequest = {
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly range: string | null;
  readonly status: number;
  /** Of the body, handed to the network. */
  readonly bytes: number;
  /** Whether one side left before the end. */
  readonly aborted: boolean;
};

/** Appends a line to the log, at once: it is read by those who have just been answered. */
export function logRequest(path: string, request: OriginRequest): void {
  appendFileSync(path, `${JSON.stringify(request)}\n`);
}

/** The requests that the log holds so far, oldest first. */
export function readRequests(path: string): OriginRequest[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line).map((line) => JSON.parse(line));
}
