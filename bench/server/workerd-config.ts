import { join } from "node:path";
import type { BuiltWorker } from "./build-api.ts";
import { config, list, text } from "./capnp.ts";
import { modulesOf } from "./modules.ts";

const WORKERS = join(import.meta.dirname, "workers");

/** What others are compared with: Workers of a few lines, each with a socket of its name. */
const REFERENCES = ["bare", "bare-kv", "bare-fetch", "bare-miss"] as const;
/** Those who stand in for the platform tell at theirs what they were asked. */
export const STAND_INS = ["kv", "outside", "objects"] as const;
export type SocketName = "api" | "other" | (typeof REFERENCES)[number] | (typeof STAND_INS)[number];

export type WorkerdSettings = {
  readonly api: BuiltWorker;
  /** Another Worker to measure beside it, with the same bindings; `null`: none. */
  readonly other: BuiltWorker | null;
  /** The Durable Objects, as they are deployed, and how often they were called. */
  readonly objects: BuiltWorker;
  /** Text bindings. */
  readonly vars: Readonly<Record<string, string>>;
  /** Paths of JSON: what KV holds, which entries it makes up, and what Google answers when it is asked for keys. */
  readonly kv: string;
  readonly held: string;
  readonly googleKeys: string;
  /** Path of the folder in which the Durable Objects keep their SQLite: workerd has none without files. */
  readonly disk: string;
};

/** The sockets of a config, each on a free port of 127.0.0.1. */
export function socketsOf({ other }: Pick<WorkerdSettings, "other">): SocketName[] {
  return ["api", ...(other ? (["other"] as const) : []), ...REFERENCES, ...STAND_INS];
}

/**
 * A workerd config, in capnp's text: the api Worker, and beside it in the same process Workers that stand in for KV (from
 * memory) and for all that is outside; the Durable Objects are our own. Raw workerd, since
 * Miniflare's own Workers cost many times what is measured.
 * https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp
 */
export function workerdConfig(settings: WorkerdSettings): string {
  const { api, other, objects, vars, kv, held, googleKeys, disk } = settings;
  const json = (name: string, path: string) => `(name = ${text(name)}, json = embed ${text(path)})`;
  const { compatibilityDate } = api;
  // At this date the other is workerd's default, and it warns of whoever says so.
  const compatibilityFlags = api.compatibilityFlags.filter((flag) => flag !== "nodejs_compat");
  const about = `compatibilityDate = ${text(compatibilityDate)}, compatibilityFlags = ${list(compatibilityFlags.map(text))}`;
  const worker = (name: string, modules: string, more: string) =>
    `(name = ${text(name)}, worker = (modules = ${modules}, ${about}, ${more}))`;
  const small = (name: string, more: string) =>
    worker(name, modulesOf({ path: join(WORKERS, `${name}.js`) }, true), more);
  const classes = ["FillGateObject", "WithdrawalsObject"];
  const namespace = (name: string, className: string) =>
    `(name = "${name}", durableObjectNamespace = (className = "${className}", serviceName = "objects"))`;
  const texts = Object.entries(vars).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`);
  const store = `(name = "OBJECTS", r2Bucket = "outside")`;
  const bindings = [
    ...texts,
    ...[`(name = "INDEX", kvNamespace = "kv")`, store, `(name = "FILLS", queue = "outside")`],
    `(name = "USAGE", queue = "outside")`,
    ...[namespace("FILL_GATE", "FillGateObject"), namespace("WITHDRAWALS", "WithdrawalsObject")],
  ];
  const all = `bindings = ${list(bindings)}, globalOutbound = "outside", cacheApiOutbound = "outside"`;
  const kept = classes.map((name) => `(className = "${name}", uniqueKey = "${name}", enableSql = true)`);
  const storage = `durableObjectNamespaces = ${list(kept)}, durableObjectStorage = (localDisk = "disk")`;
  const services = [
    worker("api", modulesOf(api), all),
    ...(other ? [worker("other", modulesOf(other), all)] : []),
    ...REFERENCES.map((name) => small(name, all)),
    small("kv", `bindings = [${json("VALUES", kv)}, ${json("HELD", held)}]`),
    small("outside", `bindings = [${json("GOOGLE_KEYS", googleKeys)}]`),
    worker(
      "objects",
      modulesOf(objects),
      `bindings = ${list([...texts, store])}, globalOutbound = "outside", ${storage}`,
    ),
  ];
  services.push(`(name = "disk", disk = (path = ${text(disk)}, writable = true))`);
  const sockets = socketsOf(settings).map(
    (name) => `(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}")`,
  );
  return config(services, sockets);
}
