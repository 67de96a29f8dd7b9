import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian puts what is for administrators, which is not on everybody's PATH. */
const FOLDERS = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];

/** The path of nginx; `undefined`: this machine has none. */
export function findNginx(): string | undefined {
  return FOLDERS.map((folder) => join(folder, "nginx")).find((path) => existsSync(path));
}
