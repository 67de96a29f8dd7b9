import { type HotAnswer, hotHit, keepHot } from "../../../src/api/hot-path.ts";
import { redirectTo } from "../../../src/api/redirect.ts";
import { type RememberedHits, rememberedHits } from "../../../src/app/remembered-hits.ts";
import { type SendParts, sendDownload } from "../../../src/app/send-download.ts";
import { errorAnswer } from "../../../src/core/error-body.ts";
import { hostOfUrl } from "../../../src/core/hosts/host-of-url.ts";
import { parseProxyQuery } from "../../../src/core/proxy-query.ts";
import { rememberEntries } from "../../../src/platform/cloudflare/remembered-entries.ts";
import type { TenantDirectory } from "../../../src/ports/directory.ts";
import type { KnownWithdrawals } from "../../../src/ports/withdrawals.ts";
import { KNOWN_FOR_MS } from "../../../src/ports/withdrawals.ts";
import type { World } from "../world.ts";

/** What a client sees of an answer. */
export type Seen = { readonly status: number; readonly headers: Readonly<Record<string, string>> };

const NOTHING_REMEMBERED: RememberedHits<HotAnswer> = { find: () => null, keep() {}, asOf: () => 0, clear() {} };

/** Two isolates before one world: one remembers hits and entries, the other goes the general path each time. */
export function twoPaths(world: World) {
  const known = secondsOld(world);
  const index = rememberEntries(world.index, known, world.clock);
  const hits = rememberedHits<HotAnswer>({ index, withdrawals: known });
  const remembering = {
    ...world,
    hits,
    index,
    withdrawals: { ...world.withdrawals, ...known },
    directory: clearing(hits, world.directory),
  };
  const general = { ...world, hits: NOTHING_REMEMBERED };
  const counts = { hot: 0, asked: 0 };
  return {
    counts,
    remembering,
    /** By the isolate that remembers. */
    async hot(request: Request): Promise<Seen> {
      counts.asked += 1;
      const hit = hotHit(request, remembering);
      if (hit) counts.hot += 1;
      return hit ? seen(hit) : await ask(request, remembering);
    },
    general: (request: Request) => ask(request, general),
  };
}

/** As the route does it, where nothing passes through. */
async function ask(request: Request, parts: SendParts & { readonly hits: RememberedHits<HotAnswer> }): Promise<Seen> {
  try {
    const query = parseProxyQuery(request.url.slice(request.url.indexOf("?") + 1));
    const method = request.method === "HEAD" ? "HEAD" : "GET";
    const field = (name: string) => request.headers.get(name);
    const asked = { query, method, host: hostOfUrl(request.url), requestId: "request", field } as const;
    const asOf = parts.hits.asOf();
    const { tenant, redirect } = await sendDownload({ ...asked, address: field("CF-Connecting-IP") }, parts);
    if (redirect.again) keepHot(request, request.url, { ...redirect, again: redirect.again, asOf }, tenant, parts);
    return seen(redirectTo(request, redirect, tenant.serving.cors));
  } catch (error) {
    const { status, headers } = errorAnswer(error, "request", 0);
    return { status, headers: { ...headers } };
  }
}

/** As memory in front of a directory tells of changes. */
function clearing(hits: RememberedHits<HotAnswer>, directory: TenantDirectory): TenantDirectory {
  return {
    ...directory,
    async forget(names) {
      hits.clear();
      await directory.forget(names);
      hits.clear();
    },
  };
}

function seen({ status, headers }: Response): Seen {
  return { status, headers: Object.fromEntries(headers) };
}

/** What the log said, for as long as an isolate may go on with that. */
function secondsOld({ withdrawals, clock }: World): KnownWithdrawals {
  type Answer = Awaited<ReturnType<typeof withdrawals.read>>;
  const answers = new Map<string, { readonly answer: Answer; readonly until: number }>();
  const known = (tenant: Parameters<KnownWithdrawals["known"]>[0]) => {
    const last = answers.get(tenant);
    return last && clock.now() < last.until ? last.answer : null;
  };
  return {
    known,
    lastKnown: known,
    async find(tenant) {
      const answer = known(tenant) ?? (await withdrawals.read(tenant));
      if (!known(tenant)) answers.set(tenant, { answer, until: clock.now() + KNOWN_FOR_MS });
      return answer;
    },
    forget: (tenant) => void answers.delete(tenant),
  };
}
