import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compatibility } from "../../bench/server/build-api.ts";
import { config, list, text } from "../../bench/server/capnp.ts";
import { modulesOf } from "../../bench/server/modules.ts";
import { startWorkerd, type Workerd } from "../../bench/server/start-workerd.ts";
import { bundleApi } from "../../src/cli/build-api.ts";

/** Nothing is there: KV knows no name, and Postgres has no row. */
const NOTHING = `const none = { fields: [], rows: [], rowCount: 0, command: "SELECT" };
export default {
  fetch: ({ method }) => (method === "POST" ? Response.json(none) : new Response(null, { status: 404 })),
};
export class FillGateObject {}
export class WithdrawalsObject {}`;
const VARS = {
  ENVIRONMENT: "production",
  DEFAULT_TENANT: "nobody",
  API_HOSTS: "127.0.0.1",
  DELIVERY_HOSTS: "127.0.0.1",
  SECRET_KEYS: `1:${"A".repeat(43)}`,
  DATABASE_URL: "postgres://user:password@db.example/main",
};

let directory: string;
let workerd: Workerd;

/** The modules as they are uploaded, in the runtime alone. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "snapbyte-built-"));
  for (const { path, contents } of (await bundleApi()).outputFiles) {
    await writeFile(join(directory, basename(path)), contents);
  }
  const modules = modulesOf({ path: join(directory, "worker.js") });
  const { compatibilityDate, compatibilityFlags } = await compatibility("wrangler.toml");
  const flags = list(compatibilityFlags.map(text));
  const about = `compatibilityDate = ${text(compatibilityDate)}, compatibilityFlags = ${flags}`;
  const object = (name: string, className: string) =>
    `(name = "${name}", durableObjectNamespace = (className = "${className}", serviceName = "nothing"))`;
  const bindings = list([
    ...Object.entries(VARS).map(([name, value]) => `(name = "${name}", text = ${text(value)})`),
    `(name = "INDEX", kvNamespace = "nothing")`,
    `(name = "OBJECTS", r2Bucket = "nothing")`,
    `(name = "FILLS", queue = "nothing")`,
    `(name = "USAGE", queue = "nothing")`,
    object("FILL_GATE", "FillGateObject"),
    object("WITHDRAWALS", "WithdrawalsObject"),
  ]);
  const outbound = `globalOutbound = "nothing", cacheApiOutbound = "nothing"`;
  const classes = ["FillGateObject", "WithdrawalsObject"].map(
    (name) => `(className = "${name}", uniqueKey = "${name}")`,
  );
  const kept = `durableObjectNamespaces = ${list(classes)}, durableObjectStorage = (inMemory = void)`;
  const nothing = `modules = [(name = "nothing.js", esModule = ${text(NOTHING)})]`;
  const services = [
    `(name = "api", worker = (modules = ${modules}, ${about}, bindings = ${bindings}, ${outbound}))`,
    `(name = "nothing", worker = (${nothing}, ${about}, ${kept}))`,
  ];
  const path = join(directory, "config.capnp");
  await writeFile(path, config(services, [`(name = "api", address = "127.0.0.1:0", http = (), service = "api")`]));
  workerd = await startWorkerd(path, 1);
});
afterAll(async () => {
  await workerd?.stop();
  await rm(directory, { recursive: true, force: true });
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${workerd.ports.get("api")}${path}`, { redirect: "manual", ...init });
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

describe("the Worker as it is uploaded", () => {
  it("answers downloads from its entry", async () => {
    expect(await codeOf(await ask("/proxy"))).toBe("MISSING_FIELD");
    expect(await codeOf(await ask("/f/TOKEN/name"))).toBe("TOKEN_INVALID");
    expect((await ask("/proxy", { method: "POST" })).headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
  });

  it("loads the driver of Postgres when a tenant is asked for that KV does not know", async () => {
    expect(await codeOf(await ask("/proxy?url=https%3A%2F%2Ffiles.example%2Fa"))).toBe("UNKNOWN_TENANT");
  });

  it("loads management when it is asked for", async () => {
    expect(await codeOf(await ask("/hosts"))).toBe("UNAUTHORIZED");
    expect(await codeOf(await ask("/nothing"))).toBe("NOT_FOUND");
    const { paths } = (await (await ask("/openapi.json")).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(["/proxy", "/purge", "/hosts"]));
  });
});
