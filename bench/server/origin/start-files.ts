import { filesConfig } from "./nginx-config.ts";
import { type Nginx, runNginx } from "./run-nginx.ts";

/** nginx that serves a folder's files. */
export type FileServer = Nginx;

/**
 * Starts one process of nginx for the files of `folder`, one of which is `file`; `null` where the machine has no nginx.
 * `directory` is for what it keeps of its own.
 */
export async function startFiles(directory: string, folder: string, file: string): Promise<FileServer | null> {
  return await runNginx(directory, (port) => filesConfig(directory, folder, port), file);
}
