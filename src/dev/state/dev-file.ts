import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { OriginCredentials } from "../origin/credentials.ts";
import { writeJson } from "./json-file.ts";

/** Where everything of a running stack is: what tests and tools read. */
export type DevFile = {
  readonly api: string;
  /** The site and the console; `null`: the stack runs without them. */
  readonly console: string | null;
  /** The demo origin. */
  readonly origin: string;
  /** What `NEON_ENDPOINT` is to the Workers. */
  readonly database: string;
  readonly tenant: string;
  readonly apiKey: string;
  readonly adminKey: string;
  /** The tenant whose copies are delivered by presigned URLs. */
  readonly presigned: { readonly tenant: string; readonly apiKey: string };
  /** Presigned URLs of the demo origin's files, good for 7 days. */
  readonly samples: readonly { readonly url: string; readonly bytes: number; readonly sha256: string }[];
  readonly originLog: string;
  readonly originCredentials: OriginCredentials;
};

/** Says that the stack is up: written when everything answers. */
export async function writeDevFile(state: string, content: DevFile): Promise<void> {
  await writeJson(join(state, "dev.json"), content);
}

/** Says that it no longer is. */
export async function removeDevFile(state: string): Promise<void> {
  await rm(join(state, "dev.json"), { force: true });
}
