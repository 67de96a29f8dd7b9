import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Whether the machine has curl. */
export async function hasCurl(): Promise<boolean> {
  return await run("curl", ["--version"]).then(
    () => true,
    () => false,
  );
}

/** Downloads a URL so many times one after the other, over one connection, into a file of the directory. */
export async function curlToDisk(url: string, times: number, directory: string): Promise<void> {
  // Its own way to ask for the same thing many times; the origins here know no query.
  const all = times === 1 ? url : `${url}?[1-${times}]`;
  await run("curl", ["--silent", "--show-error", "--fail", "--noproxy", "*", "-o", join(directory, "curl"), all]);
}
