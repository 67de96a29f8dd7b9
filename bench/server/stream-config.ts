import { join } from "node:path";
import type { BuiltWorker } from "./build-api.ts";
import { config, list, text } from "./capnp.ts";
import { NOTHING_HELD } from "./delivery-config.ts";
import { modulesOf } from "./modules.ts";

const WORKERS = join(import.meta.dirname, "workers");

/** Sockets that the server opens: the api Worker, and one that only passes on. */
export const STREAM_SOCKETS = ["api", "bare"] as const;

/**
 * A workerd config: the api Worker, whose origins and Postgres are servers of this machine, and whose KV, gate, queue and
 * store are Workers in its own process.
 */
export function streamConfig(api: BuiltWorker, vars: Readonly<Record<string, string>>, kv: string): string {
  const date = `compatibilityDate = ${text(api.compatibilityDate)}`;
  // On this machine everything is private, and asked for by its number.
  const flags = api.compatibilityFlags.filter((flag) => flag !== "global_fetch_strictly_public");
  const worker = (name: string, path: string, more: string) =>
    `(name = ${text(name)}, worker = (modules = ${modulesOf({ path }, path !== api.path)}, ${date}, ${more}))`;
  const bindings = [
    ...Object.entries(vars).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`),
    `(name = "INDEX", kvNamespace = "kv")`,
    `(name = "OBJECTS", r2Bucket = "store")`,
    `(name = "FILLS", queue = "parts")`,
    `(name = "USAGE", queue = "parts")`,
    `(name = "FILL_GATE", durableObjectNamespace = (className = "FillGateObject", serviceName = "parts"))`,
    `(name = "WITHDRAWALS", durableObjectNamespace = (className = "WithdrawalsObject", serviceName = "parts"))`,
  ];
  const outbound = `globalOutbound = "machine", cacheApiOutbound = "parts"`;
  const objects = ["FillGateObject", "WithdrawalsObject"].map(
    (name) => `(className = "${name}", uniqueKey = "${name}")`,
  );
  const namespaces = `durableObjectNamespaces = ${list(objects)}, durableObjectStorage = (inMemory = void)`;
  const about = `compatibilityFlags = ${list(flags.map(text))}, bindings = ${list(bindings)}, ${outbound}`;
  const services = [
    worker("api", api.path, about),
    worker("kv", join(WORKERS, "kv.js"), `bindings = [(name = "VALUES", json = embed ${text(kv)}), ${NOTHING_HELD}]`),
    worker("parts", join(WORKERS, "stream-parts.js"), `bindings = [], ${namespaces}`),
    worker("bare", join(WORKERS, "pass.js"), `bindings = [], globalOutbound = "machine"`),
    worker("store", join(WORKERS, "discard.js"), "bindings = []"),
    `(name = "machine", network = (allow = ["private"]))`,
  ];
  const sockets = STREAM_SOCKETS.map(
    (name) => `(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}")`,
  );
  return config(services, sockets);
}
