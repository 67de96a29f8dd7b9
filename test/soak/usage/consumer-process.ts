import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../../../bench/server/bundle.ts";
import { config, list, text } from "../../../bench/server/capnp.ts";
import { startWorkerd, type Workerd } from "../../../bench/server/start-workerd.ts";

const ENTRY = "test/soak/usage/posted-consumer.ts";
/** Bindings that adding usage never touches. */
const NOTHING = "export default { fetch: () => new Response(null, { status: 501 }) };";
const OBJECTS = { FILL_GATE: "FillGateObject", FILL_SLOTS: "FillSlotsObject", WITHDRAWALS: "WithdrawalsObject" };

export type ConsumerProcess = { readonly url: string; stop: Workerd["stop"] };

/** Runs the consumer Worker alone in a workerd, which `stop` kills. Its Postgres is asked at `vars.NEON_ENDPOINT`. */
export async function startConsumer(
  directory: string,
  name: string,
  vars: Readonly<Record<string, string>>,
): Promise<ConsumerProcess> {
  const built = await bundle(directory, name, ENTRY, "src/consumer/wrangler.toml");
  const about = `compatibilityDate = ${text(built.compatibilityDate)}`;
  const bindings = [
    ...Object.entries(vars).map(([key, value]) => `(name = "${key}", text = ${text(value)})`),
    ...[`(name = "INDEX", kvNamespace = "nothing")`, `(name = "OBJECTS", r2Bucket = "nothing")`],
    ...[`(name = "FILLS", queue = "nothing")`, `(name = "USAGE", queue = "nothing")`],
    ...Object.entries(OBJECTS).map(
      ([key, className]) =>
        `(name = "${key}", durableObjectNamespace = (className = "${className}", serviceName = "consumer"))`,
    ),
  ];
  const kept = Object.values(OBJECTS).map((each) => `(className = "${each}", uniqueKey = "${each}", enableSql = true)`);
  const storage = `durableObjectNamespaces = ${list(kept)}, durableObjectStorage = (inMemory = void)`;
  const module = `(name = "consumer.js", esModule = embed ${text(built.path)})`;
  const more = `bindings = ${list(bindings)}, globalOutbound = "machine", ${storage}`;
  const services = [
    `(name = "consumer", worker = (modules = [${module}], ${about}, ${more}))`,
    `(name = "nothing", worker = (modules = [(name = "nothing.js", esModule = ${text(NOTHING)})], ${about}))`,
    `(name = "machine", network = (allow = ["private"]))`,
  ];
  const socket = `(name = "consumer", address = "127.0.0.1:0", http = (), service = "consumer")`;
  const path = join(directory, `${name}.capnp`);
  await writeFile(path, config(services, [socket]));
  const workerd = await startWorkerd(path, 1);
  return { url: `http://127.0.0.1:${workerd.ports.get("consumer")}/`, stop: workerd.stop };
}
