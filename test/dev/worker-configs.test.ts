import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeConsoleConfig, writeWorkerConfigs } from "../../src/dev/workers/worker-configs.ts";

const ROOT = join(import.meta.dirname, "../..");
const SETTINGS = { vars: { A: "b" }, bucket: { accessKeyId: "id", secretAccessKey: "secret" } };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "snapbyte-configs-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function configs(mains: { apiMain: string | null; consumerMain: string | null }) {
  const paths = await writeWorkerConfigs(directory, { ...SETTINGS, ...mains });
  return await Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, "utf8"))));
}

describe("the config of the local console", () => {
  it("builds it as a deployment does, again whenever a source changes, and binds it to the api", async () => {
    const path = await writeConsoleConfig(directory, { EDGE_URL: "http://127.0.0.1:1" });
    const config = JSON.parse(await readFile(path, "utf8"));
    expect(config.main).toBe(join(ROOT, "dist/console/worker.js"));
    expect(config.build).toMatchObject({ cwd: ROOT, command: expect.stringContaining("src/console/build/main.ts") });
    // As wrangler reads them: from the config on.
    const watched = config.build.watch_dir.map((place: string) => join(directory, place));
    expect(watched).toEqual(expect.arrayContaining([join(ROOT, "src/console"), join(ROOT, "src/core")]));
    expect(watched.filter((place: string) => !existsSync(place))).toEqual([]);
    expect(config.vars).toMatchObject({ ENVIRONMENT: "local", EDGE_URL: "http://127.0.0.1:1" });
    expect(config.services).toEqual([{ binding: "API", service: "snapbyte-api" }]);
    expect(config).not.toHaveProperty("env");
  });
});

describe("the configs of the local Workers", () => {
  it("run the sources, which wrangler bundles by itself", async () => {
    const [api, consumer] = await configs({ apiMain: null, consumerMain: null });
    expect(api.main).toBe(join(ROOT, "src/api/worker.ts"));
    expect(consumer.main).toBe(join(ROOT, "src/consumer/worker.ts"));
    for (const config of [api, consumer]) {
      for (const name of ["build", "no_bundle", "rules", "env"]) expect(config).not.toHaveProperty(name);
    }
  });

  it("run other sources where a test brings some", async () => {
    const [api, consumer] = await configs({ apiMain: "/a/api.ts", consumerMain: "/a/consumer.ts" });
    expect([api.main, consumer.main]).toEqual(["/a/api.ts", "/a/consumer.ts"]);
  });

  it("run a Worker that is built as a deployment does", async () => {
    const [api, consumer] = await configs({ apiMain: "/a/worker.js", consumerMain: null });
    const { experimental_readRawConfig } = await import("wrangler");
    const { rawConfig } = experimental_readRawConfig({ config: join(ROOT, "wrangler.toml") });
    expect(api).toMatchObject({ main: "/a/worker.js", no_bundle: rawConfig.no_bundle, rules: rawConfig.rules });
    expect(consumer).not.toHaveProperty("no_bundle");
    const [source, built] = await configs({ apiMain: null, consumerMain: "/a/worker.js" });
    expect(built).toMatchObject({ main: "/a/worker.js", no_bundle: true });
    expect(source).not.toHaveProperty("no_bundle");
  });

  it("are read by somebody else where that is wanted", async () => {
    const asked: string[] = [];
    const readConfig = async (path: string) => {
      asked.push(path);
      return { name: `number-${asked.length}`, main: "worker.ts", vars: { C: "d" } };
    };
    const paths = await writeWorkerConfigs(directory, { ...SETTINGS, apiMain: null, consumerMain: null, readConfig });
    expect(asked).toEqual([join(ROOT, "wrangler.toml"), join(ROOT, "src/consumer/wrangler.toml")]);
    const [, consumer] = await Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, "utf8"))));
    const vars = { C: "d", A: "b" };
    expect(consumer).toMatchObject({ name: "number-2", main: join(ROOT, "src/consumer/worker.ts"), vars });
  });

  it("have the bindings of a deployment, and the settings of the stack", async () => {
    const [api] = await configs({ apiMain: null, consumerMain: null });
    expect(api.vars).toMatchObject({ ENVIRONMENT: "local", A: "b" });
    expect(api.r2_buckets[0].local_dev.experimental_s3_credentials).toEqual(SETTINGS.bucket);
    expect(api.kv_namespaces[0].binding).toBe("INDEX");
  });
});
