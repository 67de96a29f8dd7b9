import { join } from "node:path";
import type { BuiltWorker } from "./build-api.ts";
import { config, list, text } from "./capnp.ts";

const WORKERS = join(import.meta.dirname, "workers");

/** Sockets that the server opens, each on a free port of 127.0.0.1. */
export const SOCKETS = ["api", "bare", "outside"] as const;
export type SocketName = (typeof SOCKETS)[number];

export type ApiSettings = {
  /** Text bindings of the api Worker. */
  readonly vars: Readonly<Record<string, string>>;
  /** Path of a JSON object: what KV holds. */
  readonly kv: string;
  /** Path of the JSON that Google answers when it is asked for the keys of a service account. */
  readonly googleKeys: string;
};

/**
 * A workerd config, in capnp's text: the api Worker, and beside it in the same process Workers that stand in for KV (from
 * memory) and for all that is outside. Raw workerd, since Miniflare's own Workers cost many times what is measured.
 * https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp
 */
export function workerdConfig(api: BuiltWorker, { vars, kv, googleKeys }: ApiSettings): string {
  const { compatibilityDate, compatibilityFlags } = api;
  const date = `compatibilityDate = ${text(compatibilityDate)}`;
  const flags = `compatibilityFlags = ${list(compatibilityFlags.map(text))}`;
  const json = (name: string, path: string) => `(name = ${text(name)}, json = embed ${text(path)})`;
  const worker = (name: string, path: string, more: string) =>
    `(name = ${text(name)}, worker = (modules = [(name = "worker.js", esModule = embed ${text(path)})], ${date}, ${more}))`;
  const bindings = [
    ...Object.entries(vars).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`),
    `(name = "INDEX", kvNamespace = "kv")`,
    `(name = "OBJECTS", r2Bucket = "outside")`,
    `(name = "FILLS", queue = "outside")`,
    `(name = "FILL_GATE", durableObjectNamespace = (className = "FillGateObject", serviceName = "outside"))`,
    `(name = "WITHDRAWALS", durableObjectNamespace = (className = "WithdrawalsObject", serviceName = "outside"))`,
  ];
  const outbound = `globalOutbound = "outside", cacheApiOutbound = "outside"`;
  const objects = ["FillGateObject", "WithdrawalsObject"].map(
    (name) => `(className = "${name}", uniqueKey = "${name}")`,
  );
  const namespaces = `durableObjectNamespaces = ${list(objects)}, durableObjectStorage = (inMemory = void)`;
  const services = [
    worker("api", api.path, `${flags}, bindings = ${list(bindings)}, ${outbound}`),
    worker("kv", join(WORKERS, "kv.js"), `bindings = [${json("VALUES", kv)}]`),
    worker("outside", join(WORKERS, "outside.js"), `bindings = [${json("GOOGLE_KEYS", googleKeys)}], ${namespaces}`),
    worker("bare", join(WORKERS, "bare.js"), "bindings = []"),
  ];
  const sockets = SOCKETS.map((name) => `(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}")`);
  return config(services, sockets);
}
