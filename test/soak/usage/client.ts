import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { addCounts, type Counter } from "../../../src/core/usage/counters.ts";
import type { ApiIsolates } from "./api-isolates.ts";
import { sizeOf, TENANTS, type UsageWorld } from "./usage-world.ts";

/** What clients have seen, by tenant, and hits by path. A look-up that was not answered in time looks like a miss. */
export type Seen = {
  readonly events: () => number;
  readonly counts: ReadonlyMap<string, Partial<Record<Counter, number>>>;
  readonly hits: ReadonlyMap<string, number>;
};

/** Objects that many ask for. */
const POPULAR = 30;
const CREDENTIALS = { authorization: "Basic dXNlcjpwYXNz" };

/** Clients with one book that they note in what was answered to them. */
export function clientsOf(apis: ApiIsolates, { origin }: UsageWorld) {
  const counts = new Map<string, Partial<Record<Counter, number>>>(TENANTS.map((tenant) => [tenant, {}]));
  const hits = new Map<string, number>();
  let events = 0;
  let fresh = POPULAR;

  const note = (tenant: string, more: Partial<Record<Counter, number>>) => {
    addCounts(counts.get(tenant) ?? {}, more);
    events += 1;
  };
  const ask = async (url: string, headers: Record<string, string> = {}, method = "GET") => {
    const isolate = String(1 + Math.floor(Math.random() * apis.count));
    return await answerOf(url, method, { "accept-encoding": "identity", ...headers, "test-isolate": isolate });
  };
  const proxy = (tenant: string, url: string, headers = {}) =>
    ask(`${apis.url}/proxy?site=${tenant}&url=${encodeURIComponent(url)}`, headers);

  async function download(tenant: string, path: string): Promise<void> {
    const { status: code, headers } = await proxy(tenant, `${origin}${path}`);
    const status = headers["cache-status"];
    if (status === "snapbyte; fwd=uri-miss") return note(tenant, { misses: 1 });
    if (status !== "snapbyte; hit") throw new Error(`${path} was answered ${code} ${status}`);
    hits.set(`${tenant} ${path}`, (hits.get(`${tenant} ${path}`) ?? 0) + 1);
    if (tenant === TENANTS[1]) return note(tenant, { hits: 1, assumed_deliveries: 1, assumed_bytes: sizeOf(path) });
    note(tenant, { hits: 1 });
    if (Math.random() < 0.4) await follow(tenant, headers.location ?? "");
  }

  async function follow(tenant: string, link: string): Promise<void> {
    const way = Math.random();
    if (way < 0.1) return note(tenant, deliveryOf(await ask(link, {}, "HEAD")));
    if (way < 0.3) return note(tenant, deliveryOf(await ask(link, { range: "bytes=10-19" })));
    const whole = await ask(link);
    note(tenant, deliveryOf(whole));
    const { etag } = whole.headers;
    if (way > 0.9 && etag) note(tenant, deliveryOf(await ask(link, { "if-none-match": etag })));
  }

  return {
    seen: { events: () => events, counts, hits } satisfies Seen,
    /** Asks for this and that until so many events have happened to all clients together. */
    async work(until: number): Promise<void> {
      while (events < until) {
        const way = Math.random();
        const tenant = TENANTS[way < 0.12 ? 1 : 0];
        const popular = `/film-${Math.floor(Math.random() * POPULAR)}`;
        if (way < 0.9) await download(tenant, popular);
        else if (way < 0.92) await download(tenant, `/film-${fresh++}`);
        else if (way < 0.95) await refused(tenant, "https://elsewhere.example.com/a", "refused_origin");
        else if (way < 0.97) await refused(tenant, "no url", "refused_url");
        else {
          await proxy(tenant, `${origin}${popular}`, CREDENTIALS);
          note(tenant, { bypass_credentials: 1 });
        }
      }
    },
  };

  async function refused(tenant: string, url: string, counter: Counter): Promise<void> {
    const { status } = await proxy(tenant, url);
    if (status < 400 || status > 403) throw new Error(`${url} was answered ${status}`);
    note(tenant, { [counter]: 1 });
  }
}

type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
};

/** As many connections as there are clients. Node's own fetch costs several times as much. */
const agent = new Agent({ keepAlive: true });

function answerOf(url: string, method: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers, agent }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.once("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes }));
      response.once("error", reject);
    });
    asking.once("error", reject).end();
  });
}

function deliveryOf({ status, bytes }: Answer) {
  if (status === 304) return { unchanged: 1 };
  if (status === 200 || status === 206) return { deliveries: 1, delivered_bytes: bytes };
  throw new Error(`a link was answered ${status}`);
}
