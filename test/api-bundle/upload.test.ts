import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const WRANGLER = join(createRequire(import.meta.url).resolve("wrangler/package.json"), "../bin/wrangler.js");
const QUIET = { CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", WRANGLER_WRITE_LOGS: "false" };

let directory: string;
let files: readonly string[];

/** The names of all files that a deployment would send. Nothing is sent anywhere. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "snapbyte-upload-"));
  const form = join(directory, "form");
  const args = [WRANGLER, "deploy", "--dry-run", "--env", "production", "--outfile", form];
  const env = { ...process.env, ...QUIET, CLOUDFLARE_CF_FETCH_ENABLED: "false" };
  await promisify(execFile)(process.execPath, args, { cwd: join(import.meta.dirname, "../.."), env });
  const fields = (await readFile(form, "latin1")).matchAll(/^Content-Disposition: form-data; .*filename="([^"]+)"/gm);
  files = [...fields].map(([, name = ""]) => name);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe("what is uploaded", () => {
  it("is the entry, and the modules that are loaded later", () => {
    expect(files[0]).toBe("worker.js");
    for (const later of ["router", "compose-ledger", "pass-through"]) {
      expect(files.filter((name) => new RegExp(`^${later}-\\w+\\.js$`).test(name))).toHaveLength(1);
    }
  });

  it("has a source map of each module, and nothing else", () => {
    const modules = files.filter((name) => name.endsWith(".js"));
    expect(files.filter((name) => !name.endsWith(".js")).toSorted()).toEqual(
      modules.map((name) => `${name}.map`).toSorted(),
    );
  });
});
