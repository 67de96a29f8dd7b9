import { join } from "node:path";
import type { BuiltWorker } from "./build-api.ts";
import { config, list, text } from "./capnp.ts";

const DISCARD = join(import.meta.dirname, "workers/discard.js");

/** The fill engine's own process: its store is across a socket, as R2 is, and so are the origins. */
export function engineConfig(engine: BuiltWorker, storePort: number): string {
  const bindings = [`(name = "OBJECTS", r2Bucket = "store")`];
  // At this date the other is workerd's default, and it warns of whoever says so.
  const own = engine.compatibilityFlags.filter((flag) => flag !== "nodejs_compat");
  const flags = `compatibilityFlags = ${list(own.map(text))}`;
  const module = `(name = "engine.js", esModule = embed ${text(engine.path)})`;
  const about = `compatibilityDate = ${text(engine.compatibilityDate)}, ${flags}, bindings = ${list(bindings)}`;
  const services = [
    `(name = "engine", worker = (modules = [${module}], ${about}, globalOutbound = "origins"))`,
    `(name = "store", external = (address = "127.0.0.1:${storePort}", http = ()))`,
    `(name = "origins", network = (allow = ["private"]))`,
  ];
  return config(services, [socket("engine")]);
}

/** The process of the store that throws away what it is given. */
export function storeConfig({ compatibilityDate }: BuiltWorker): string {
  const module = `(name = "discard.js", esModule = embed ${text(DISCARD)})`;
  const about = `compatibilityDate = ${text(compatibilityDate)}`;
  return config([`(name = "store", worker = (modules = [${module}], ${about}))`], [socket("store")]);
}

function socket(service: string): string {
  return `(name = ${text(service)}, address = "127.0.0.1:0", http = (), service = ${text(service)})`;
}
