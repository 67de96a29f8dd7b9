import { join } from "node:path";
import type { BuiltWorker } from "./build-api.ts";
import { config, list, text } from "./capnp.ts";
import { modulesOf } from "./modules.ts";

const WORKERS = join(import.meta.dirname, "workers");

/** Sockets: the api Worker without a cache in front of the store, the same with one, and one that only pipes R2 through. */
export const DELIVERY_SOCKETS = ["api", "cached", "pipe", "outside"] as const;
export type DeliverySocket = (typeof DELIVERY_SOCKETS)[number];

/** KV has no entry but those that it is given. */
export const NOTHING_HELD = `(name = "HELD", json = ${text(JSON.stringify({ tenants: [], ids: [], before: "", after: "" }))})`;

/**
 * The process whose CPU is measured: KV and all that is outside are Workers in it, which a download hardly asks; store and
 * Cache API are across a socket.
 */
export function deliveryConfig(
  api: BuiltWorker,
  vars: Readonly<Record<string, string>>,
  kv: string,
  storePort: number,
): string {
  const date = `compatibilityDate = ${text(api.compatibilityDate)}`;
  const objects = ["FillGateObject", "WithdrawalsObject"];
  const namespace = (name: string) => `(className = "${name}", uniqueKey = "${name}")`;
  const worker = (name: string, path: string, more: string) =>
    `(name = ${text(name)}, worker = (modules = ${modulesOf({ path }, path !== api.path)}, ${date}, ${more}))`;
  const at = (name: string) => join(WORKERS, name);
  const bucket = `(name = "OBJECTS", r2Bucket = "store")`;
  const apiWorker = (name: string, edgeCache: "on" | "off") => {
    const bindings = [
      ...Object.entries({ ...vars, EDGE_CACHE: edgeCache }).map(
        ([key, value]) => `(name = ${text(key)}, text = ${text(value)})`,
      ),
      ...[`(name = "INDEX", kvNamespace = "kv")`, bucket, `(name = "FILLS", queue = "outside")`],
      `(name = "USAGE", queue = "outside")`,
      ...Object.entries({ FILL_GATE: "FillGateObject", WITHDRAWALS: "WithdrawalsObject" }).map(
        ([key, name]) => `(name = "${key}", durableObjectNamespace = (className = "${name}", serviceName = "parts"))`,
      ),
    ];
    const flags = `compatibilityFlags = ${list(api.compatibilityFlags.map(text))}`;
    const outbound = `globalOutbound = "outside", cacheApiOutbound = "store"`;
    return worker(name, api.path, `${flags}, bindings = ${list(bindings)}, ${outbound}`);
  };
  const namespaces = `durableObjectNamespaces = ${list(objects.map(namespace))}, durableObjectStorage = (inMemory = void)`;
  const services = [
    apiWorker("api", "off"),
    apiWorker("cached", "on"),
    worker("pipe", at("pipe.js"), `bindings = [${bucket}]`),
    worker("kv", at("kv.js"), `bindings = [(name = "VALUES", json = embed ${text(kv)}), ${NOTHING_HELD}]`),
    worker("outside", at("outside.js"), `bindings = [(name = "GOOGLE_KEYS", json = "{}")]`),
    worker("parts", at("stream-parts.js"), `bindings = [], ${namespaces}`),
    `(name = "store", external = (address = "127.0.0.1:${storePort}", http = ()))`,
  ];
  const socket = (name: string) => `(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}")`;
  return config(services, DELIVERY_SOCKETS.map(socket));
}

/** The process of a store in which every object is zeros: bytes of each size by its name. */
export function zerosConfig({ compatibilityDate }: BuiltWorker, sizes: Readonly<Record<string, number>>): string {
  const module = `(name = "store.js", esModule = embed ${text(join(WORKERS, "store.js"))})`;
  const bindings = `bindings = [(name = "SIZES", json = ${text(JSON.stringify(sizes))})]`;
  const worker = `(modules = [${module}], compatibilityDate = ${text(compatibilityDate)}, ${bindings})`;
  const socket = `(name = "store", address = "127.0.0.1:0", http = (), service = "store")`;
  return config([`(name = "store", worker = ${worker})`], [socket]);
}
