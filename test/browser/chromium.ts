import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import packed, { inflate } from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { plainEnvironment } from "../system/delivery/clients/run-tool.ts";

/** A Chromium that can be started, or why there is none. */
export type FoundChromium = ReadyChromium | { readonly missing: string };

export type ReadyChromium = {
  /** Its name and version. */
  readonly version: string;
  /** `hosts`: names that lead to this machine; no other name leads anywhere. */
  launch(hosts: readonly string[]): Promise<Browser>;
  /** Removes what was unpacked. */
  remove(): Promise<void>;
};

/** The Chromium of `CHROMIUM_PATH`, or on Linux x64 the packed one, unpacked into a directory of its own. */
export async function findChromium(): Promise<FoundChromium> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return ready(CHROMIUM_PATH, {}, async () => {});
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { missing: "the packed one is for Linux x64, and CHROMIUM_PATH names no other" };
  }
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-chromium-"));
  const remove = () => rm(directory, { recursive: true, force: true, maxRetries: 5 });
  const path = await within(directory, async () => {
    await inflate(LIBRARIES);
    return await packed.executablePath();
  });
  const found = ready(path, { LD_LIBRARY_PATH: join(directory, "al2023/lib") }, remove);
  if ("missing" in found) await remove();
  return found;
}

/** What Chromium needs and a small machine may not have, such as NSS: it comes packed beside it. */
const LIBRARIES = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "../bin/al2023.tar.br");

function ready(
  executablePath: string,
  more: Readonly<Record<string, string>>,
  remove: () => Promise<void>,
): FoundChromium {
  const env = { ...plainEnvironment(), ...more };
  const { stdout, stderr, status, error } = spawnSync(executablePath, ["--version"], { env, encoding: "utf8" });
  if (status !== 0) return { missing: `${executablePath} does not start: ${error?.message ?? stderr.trim()}` };
  return {
    version: stdout.trim(),
    remove,
    async launch(hosts) {
      const rules = [...hosts.map((host) => `MAP ${host} 127.0.0.1`), "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"];
      // A page of a test may play sound though nobody has clicked.
      const args = [`--host-resolver-rules=${rules.join(", ")}`, "--autoplay-policy=no-user-gesture-required"];
      return await chromium.launch({ executablePath, env, args });
    },
  };
}

/** Unpacks where others do not: half of what somebody else is unpacking looks like the whole. */
async function within<Value>(directory: string, unpack: () => Promise<Value>): Promise<Value> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  try {
    return await unpack();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
