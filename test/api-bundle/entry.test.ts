import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Built, bundleApi } from "../../src/cli/build-api.ts";
import { type Entry, entryOf, roomOf } from "./entry.ts";

/** What a download needs, and nothing else. Whoever adds a room here has every isolate start with it. */
const ROOMS = [
  "api",
  "api/routes",
  "app",
  "app/usage",
  "core",
  "core/crypto",
  "core/fills",
  "core/hosts",
  "core/http",
  "core/network",
  "core/origin-url",
  "core/origin-url/schemes",
  "core/origins",
  "core/people",
  "core/plans",
  "core/purge",
  "core/signed-link",
  "core/stores",
  "core/usage",
  "core/verify",
  "platform/cloudflare",
  "platform/http",
  "platform/postgres",
  "platform/s3",
  "platform/stores",
  "ports",
];
/** Of the entry and all that it imports. */
const MAX_GZIP_BYTES = 60_000;
/** Functions that are called before the first request, where zod alone calls 20,000. */
const MAX_CALLS = 1_000;
/** Each is found, linked and run by itself. */
const MAX_MODULES = 24;

let directory: string;
let built: Built;
let entry: Entry;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "snapbyte-bundle-"));
  built = await bundleApi();
  entry = entryOf(built);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** The sources of all modules that are loaded later. */
const laterSources = () =>
  Object.entries(built.metafile.outputs)
    .filter(([path]) => !entry.modules.includes(basename(path)))
    .flatMap(([, { inputs }]) => Object.keys(inputs));

describe("the entry of the api Worker", () => {
  it("is made of what downloads need, and of no package", () => {
    expect(entry.rooms).toEqual(ROOMS);
  });

  it("is small", () => {
    expect(entry.gzipBytes).toBeLessThan(MAX_GZIP_BYTES);
    expect(entry.modules.length).toBeLessThanOrEqual(MAX_MODULES);
  });

  it("does next to nothing before the first request", async () => {
    for (const { path, contents } of built.outputFiles) await writeFile(join(directory, basename(path)), contents);
    await writeFile(join(directory, "package.json"), '{"type":"module"}');
    const script = join(import.meta.dirname, "start-calls.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [script, join(directory, "worker.js")]);
    const { modules, calls } = JSON.parse(stdout) as { modules: number; calls: number };
    expect(modules).toBe(entry.modules.length);
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(MAX_CALLS);
  });

  it.each(["src/api/downloads.ts", "src/api/routes/proxy.ts", "src/api/routes/file.ts", "src/app/deliver.ts"])(
    "has %s",
    (source) => {
      expect(entry.sources).toContain(source);
    },
  );
});

describe("what is loaded later", () => {
  it.each([
    "src/api/router.ts",
    "src/api/compose-management.ts",
    "src/api/compose-ledger.ts",
    "src/platform/s3/s3-object-store.ts",
    "src/app/pass-through.ts",
    "src/core/verify/verify-signature.ts",
    "src/api/openapi.ts",
  ])("is %s", (source) => {
    expect(entry.sources).not.toContain(source);
    expect(laterSources()).toContain(source);
  });

  it.each(["zod", "drizzle-orm", "@neondatabase/serverless", "itty-router", "aws4fetch"])(
    "is the package %s",
    (name) => {
      expect(entry.rooms).not.toContain(`package ${name}`);
      expect(laterSources().map(roomOf)).toContain(`package ${name}`);
    },
  );

  it("is zod without the fifty languages that it has, which `import { z }` would bring along", () => {
    const languages = laterSources().filter((source) => /zod\/.*\/locales\//.test(source));
    expect(languages.map((source) => basename(source))).toEqual(["en.js"]);
  });
});
