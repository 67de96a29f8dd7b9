import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { modulesOf } from "../../bench/server/modules.ts";
import { socketsOf, type WorkerdSettings, workerdConfig } from "../../bench/server/workerd-config.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-test-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe("the modules of a built Worker", () => {
  it("are its entry, and whatever scripts lie beside and below it", async () => {
    await mkdir(join(directory, "chunks"));
    for (const name of ["worker.js", "b.js", "a.mjs", "chunks/c.js", "worker.js.map", "README.md"]) {
      await writeFile(join(directory, name), "");
    }
    const names = modulesOf({ path: join(directory, "worker.js") }).matchAll(/name = "([^"]+)"/g);
    expect([...names].map(([, name]) => name)).toEqual(["worker.js", "a.mjs", "b.js", "chunks/c.js"]);
  });

  it("are the entry and nothing else where others lie beside it that are none of its", async () => {
    await writeFile(join(directory, "other.js"), "");
    const text = modulesOf({ path: join(directory, "worker.js") }, true);
    expect(text).toContain(`esModule = embed "${join(directory, "worker.js")}"`);
    expect(text).not.toContain("other.js");
  });
});

describe("the config of a server", () => {
  function settings(more: Partial<WorkerdSettings> = {}): WorkerdSettings {
    const about = { compatibilityDate: "2026-10-20", compatibilityFlags: ["nodejs_compat", "some_flag"] };
    const built = { path: join(directory, "worker.js"), ...about };
    const paths = { kv: "/k.json", held: "/h.json", googleKeys: "/g.json", disk: "/disk" };
    return { api: built, other: null, objects: built, vars: { DEFAULT_TENANT: "public" }, ...paths, ...more };
  }

  it("has a socket for the api, for each Worker that it is compared with, and for those who count", () => {
    const sockets = socketsOf({ other: null });
    expect(sockets).toEqual(expect.arrayContaining(["api", "bare", "bare-kv", "kv", "outside", "objects"]));
    expect(sockets).not.toContain("other");
    const text = workerdConfig(settings());
    for (const name of sockets) expect(text).toContain(`(name = "${name}", address = "127.0.0.1:0"`);
  });

  it("has another Worker beside the api, with the same bindings, where there is one", () => {
    const other = settings().api;
    expect(socketsOf({ other })).toContain("other");
    expect(workerdConfig(settings({ other })).match(/durableObjectNamespace = /g)).toHaveLength(
      2 + (workerdConfig(settings()).match(/durableObjectNamespace = /g)?.length ?? 0),
    );
  });

  it("runs the Durable Objects as they are deployed, with SQLite", () => {
    const text = workerdConfig(settings());
    expect(text).toContain('uniqueKey = "FillGateObject", enableSql = true');
    expect(text).toContain('durableObjectStorage = (localDisk = "disk")');
    expect(text).toContain('disk = (path = "/disk", writable = true)');
  });

  it("asks for what wrangler.toml asks for, but for what is workerd's own way by now", () => {
    const text = workerdConfig(settings());
    expect(text).toContain('"some_flag"');
    expect(text).not.toContain("nodejs_compat");
  });
});
