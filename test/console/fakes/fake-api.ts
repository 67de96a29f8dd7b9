import { describeApi } from "../../../src/api/openapi.ts";
import { ENTRY_STATES } from "../../../src/console/api/entries.ts";
import { type ApiData, apiData } from "./api-data.ts";
import { bodyOf, deleted, type FakeRoute, type Given, notFound, pageOf, problem, type Reply } from "./api-replies.ts";
import { ASSET_ROUTES } from "./fake-assets.ts";

/** A call that the console made. */
export type SeenCall = {
  readonly method: string;
  readonly path: string;
  readonly bearer: string;
  readonly body: unknown;
};

export type FakeApi = {
  ask(request: Request): Promise<Response>;
  readonly data: ApiData;
  readonly seen: SeenCall[];
  /** Answers the next calls of a path (`GET /plan`) so. */
  answerWith(call: string, status: number, code: string, message: string): void;
};

/** An API in memory that speaks as the real one does: what it does not know is 404. */
export function fakeApi(data: ApiData = apiData()): FakeApi {
  const seen: SeenCall[] = [];
  const forced = new Map<string, Response>();
  return {
    ...{ data, seen },
    answerWith: (call, status, code, message) => forced.set(call, problem(status, code, message)),
    async ask(request) {
      const url = new URL(request.url);
      const { method } = request;
      const body = await bodyOf(request);
      const bearer = request.headers.get("Authorization") ?? "";
      seen.push({ method, path: url.pathname + url.search, bearer, body });
      const forcedAnswer = forced.get(`${method} ${url.pathname}`);
      if (forcedAnswer) return forcedAnswer.clone();
      for (const [pattern, answer] of ROUTES) {
        const match = pattern.exec(`${method} ${url.pathname}`);
        if (!match) continue;
        const params = match.slice(1).map(decodeURIComponent);
        const reply = answer({ data, params, url, body: body ?? {} });
        return reply instanceof Response ? reply : Response.json(reply);
      }
      return notFound();
    },
  };
}

function entriesPage({ data, url }: Given): Reply {
  const asked = (name: string) => url.searchParams.get(name) ?? "";
  const [status, tag, search, prefix] = [asked("status"), asked("tag"), asked("search"), asked("prefix")];
  if (status && !ENTRY_STATES.some((state) => state === status))
    return problem(400, "INVALID_FIELD", "status: is none.");
  if (/[ ,]/.test(tag)) return problem(400, "INVALID_FIELD", "tag: must be printable ASCII, without space and comma.");
  const found = data.entries.filter(
    (entry) =>
      (!status || entry.status === status) &&
      (!tag || entry.tags.includes(tag)) &&
      `${entry.key} ${entry.source_url}`.toLowerCase().includes(search.toLowerCase()) &&
      `${entry.key}`.startsWith(prefix) &&
      `${entry.source_url}`.startsWith(asked("url_prefix")),
  );
  const { rows, cursor } = pageOf(found, url);
  return { entries: rows, cursor };
}

function addOrigin({ data, body }: Given): Reply {
  const origin = String(body.origin);
  if (!origin.startsWith("https://"))
    return problem(400, "INVALID_FIELD", "origin: must be an https URL without a query.");
  if (data.origins.some((each) => each.origin === origin))
    return problem(409, "ALREADY_EXISTS", "There is one like it already.");
  const plain = { access: null, obey_private: false, tags: [], prices: null, priced_by: null };
  const made = { id: 90, origin, ...plain, created_at: data.now };
  data.origins.push(made);
  return made;
}

function changeServing({ data, body }: Given): Reply {
  const origins = (body.cors as { origins: string[] } | null)?.origins ?? [];
  const wrong = origins.findIndex((origin) => !/^https:\/\/[a-z.]+$/.test(origin));
  if (wrong >= 0) return problem(400, "INVALID_FIELD", `cors.origins.${wrong} must be an origin.`);
  if (body.show_active) return problem(409, "NO_OWN_HOST", "There is no host name of your own to show it on.");
  return Object.assign(data.serving, body);
}

function changeFills({ data, body }: Given): Reply {
  if (body.store === "nonsuch") return problem(400, "STORE_UNKNOWN", "There is no store of this name.");
  return Object.assign(data.fills, body);
}

function addKey({ data, body }: Given): Reply {
  const expires_at = (body.expires_at as string | undefined) ?? null;
  const made = {
    id: "k9",
    name: String(body.name),
    prefix: "snap_key_9x9x",
    scopes: body.scopes as string[],
    expires_at,
  };
  const key = { ...made, created_at: data.now, last_used_at: null };
  data.keys.push(key);
  return { ...key, key: `snap_key_${"s".repeat(43)}` };
}

const ROUTES: readonly FakeRoute[] = [
  ...ASSET_ROUTES,
  [/^GET \/cache$/, entriesPage],
  [/^GET \/cache\/(.+)$/, ({ data, params: [key] }) => data.entries.find((entry) => entry.key === key) ?? notFound()],
  [
    /^DELETE \/cache\/(.+)$/,
    ({ params: [key], url }) => ({ key, status: url.searchParams.get("soft") ? "refreshing" : "purged" }),
  ],
  [/^POST \/purge$/, ({ body }) => ({ status: "done", soft: body.soft === true, purged: 2, missing: [] })],
  [/^POST \/preload$/, ({ data, body }) => ({ key: body.hash ?? "url-new", status: data.preloaded })],
  [
    /^POST \/links$/,
    () => ({ link: "https://api.internal/proxy?hash=a&kid=k1&sig=s", kid: "k1", expires_at: "2026-11-21T13:00:00Z" }),
  ],
  [/^POST \/inspect$/, ({ data }) => data.inspection],
  [/^POST \/links\/revoke$/, () => ({ epoch: 2, status: "revoked" })],
  [/^GET \/link-keys$/, ({ data }) => ({ link_keys: data.linkKeys })],
  [
    /^POST \/link-keys(?:\/rotate)?$/,
    ({ data }) => ({ kid: "lk9", created_at: data.now, key: "link-secret-shown-once" }),
  ],
  [/^GET \/origins$/, ({ data }) => ({ origins: data.origins })],
  [/^POST \/origins$/, addOrigin],
  [/^PATCH \/origins\/(\d+)$/, ({ data }) => data.origins[0]],
  [/^DELETE \/origins\/(\d+)$/, ({ params: [id] }) => deleted({ id: Number(id) })],
  [/^GET \/serving$/, ({ data }) => data.serving],
  [/^PATCH \/serving$/, changeServing],
  [/^GET \/fills$/, ({ data }) => data.fills],
  [/^PATCH \/fills$/, changeFills],
  [/^(?:GET|PATCH) \/access$/, ({ data }) => data.access],
  [/^GET \/cnames$/, ({ data }) => ({ cnames: data.cnames })],
  [/^POST \/cnames$/, ({ data, body }) => ({ host: body.host, bucket: "s3:aws/media", created_at: data.now })],
  [/^DELETE \/cnames\/(.+)$/, ({ params: [host] }) => deleted({ host })],
  [/^GET \/verification-keys$/, ({ data }) => ({ verification_keys: data.verificationKeys })],
  [/^POST \/verification-keys$/, ({ data }) => data.verificationKeys[0] ?? data.newVerificationKey],
  [/^DELETE \/verification-keys\/(.+)$/, ({ params: [id] }) => deleted({ id })],
  [
    /^GET \/hosts$/,
    ({ data }) => ({ hosts: data.hosts.map(({ host, state, created_at }) => ({ host, state, created_at })) }),
  ],
  [/^GET \/hosts\/(.+)$/, ({ data, params: [name] }) => data.hosts.find(({ host }) => host === name) ?? notFound()],
  [/^POST \/hosts$/, ({ data, body }) => ({ ...data.newHost, host: body.host })],
  [/^DELETE \/hosts\/(.+)$/, ({ params: [host] }) => deleted({ host })],
  [/^GET \/keys$/, ({ data }) => ({ keys: data.keys })],
  [/^POST \/keys$/, addKey],
  [/^POST \/keys\/(.+)\/rotate$/, (given) => addKey({ ...given, body: { name: "rotated", scopes: ["admin"] } })],
  [/^DELETE \/keys\/(.+)$/, ({ params: [id] }) => ({ id, status: "revoked" })],
  [/^POST \/audit$/, ({ body }) => ({ action: body.action, status: "noted" })],
  [/^GET \/audit$/, ({ data }) => ({ records: data.audit, before: null })],
  [/^GET \/plan$/, ({ data }) => data.plan],
  [/^GET \/usage$/, ({ data, url }) => usageOf(data, url)],
  [/^GET \/storage$/, ({ data }) => data.storage],
  [/^GET \/savings(?:\/all)?$/, ({ data }) => data.savings],
  [/^GET \/health$/, ({ data }) => data.health],
  [/^GET \/status$/, ({ data }) => data.status],
  [/^GET \/tenants$/, ({ data }) => ({ tenants: data.tenants, cursor: null })],
  [/^GET \/tenants\/(.+)$/, ({ data, params: [id] }) => data.tenants.find((each) => each.id === id) ?? notFound()],
  [/^(?:PATCH|POST) \/tenants\/([^/]+)(?:\/\w+)?$/, ({ data }) => data.tenants[0]],
  [/^GET \/dead-letters$/, ({ data }) => ({ dead_letters: data.deadLetters, cursor: null })],
  [/^POST \/dead-letters\/(.+)\/replay$/, ({ params: [id] }) => ({ id, status: "queued" })],
  [/^GET \/usage\/all$/, ({ data }) => usageOf(data, new URL("https://x/?by=day"))],
  [/^GET \/openapi\.json$/, () => describeApi("https://api.internal")],
];

const HOURS = { hour: 1, day: 24, month: 24 * 31 } as const;

function usageOf(data: ApiData, url: URL): Reply {
  const by = (url.searchParams.get("by") ?? "day") as keyof typeof HOURS;
  const rows = url.searchParams.get("group") === "origin" ? data.usage.origins : data.usage[by];
  const [from = data.now] = rows.map(({ period }) => period);
  const to = rows.length === 0 ? from : data.now;
  return { from, to, rows, batches: { added: 9, missing: 0 }, cursor: null };
}
