/**
 * The api Worker with parts that break when a test says so: each call to a broken part rejects, or hangs. Everything
 * else is the real thing. `POST /__faults` with a JSON {@link Orders} changes what is broken, until it is told otherwise.
 */
import api from "../../../src/api/worker.ts";
import type { Fault, Orders, Part } from "./orders.ts";

/** Far longer than any budget or test. */
const HANG_MS = 10 * 60_000;
const realNow = Date.now;

type Raw = Readonly<Record<string, object>>;

let faults: Orders["faults"];
/** One object for all requests: the api takes another one for another deployment. */
let env: Raw | undefined;

export default {
  async fetch(request: Request<unknown, IncomingRequestCfProperties>, raw: Raw) {
    faults ??= JSON.parse(String(raw.FAULTS_AT_START ?? "{}"));
    env ??= breakable(raw);
    const { pathname } = new URL(request.url);
    if (pathname === "/__faults") return obey(await request.json<Orders>(), raw);
    // Who starts the stack waits until this answers in time, and with hanging parts it would not.
    if (pathname === "/health" && raw.FAULTS_AT_START) return new Response();
    return await api.fetch(request, env);
  },
};

function obey(orders: Orders, raw: Raw): Response {
  faults = orders.faults;
  Date.now = () => realNow() + (orders.clockAheadMs ?? 0);
  if (orders.forget) env = breakable(raw);
  return new Response();
}

function breakable(raw: Raw): Raw {
  const gates = raw.FILL_GATE as DurableObjectNamespace;
  return {
    ...raw,
    INDEX: breaking("kv", raw.INDEX as object),
    OBJECTS: breaking("store", raw.OBJECTS as object),
    FILLS: breaking("queue", raw.FILLS as object),
    USAGE: breaking("queue", raw.USAGE as object),
    FILL_GATE: { getByName: (name: string) => breaking("gate", gates.getByName(name)) },
  };
}

type Methods = Record<string | symbol, (...args: unknown[]) => unknown>;

/** The binding, each of whose methods asks first whether its part is broken. */
function breaking<Binding extends object>(part: Part, binding: Binding): Binding {
  return new Proxy(binding, {
    get(target, name) {
      const methods = target as unknown as Methods;
      return (...args: unknown[]) => {
        const fault = faults?.[part];
        return fault ? misbehave(part, fault) : methods[name]?.(...args);
      };
    },
  });
}

async function misbehave(part: Part, fault: Fault): Promise<never> {
  if (fault === "hang") await scheduler.wait(HANG_MS);
  throw new Error(`${part} is down`);
}
