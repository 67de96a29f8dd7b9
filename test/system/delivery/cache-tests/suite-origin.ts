import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import handleTest from "http-cache-tests/server/handle-test.mjs";
import { parseOriginRule } from "../../../../src/core/origins/parse-rule.ts";
import type { OriginRule } from "../../../../src/core/tenant.ts";
import { close, listen } from "../../../../src/dev/net/listen.ts";

/** An answer of the suite's; `null`: it cut the connection. */
type Kept = { readonly status: number; readonly headers: OutgoingHttpHeaders; readonly body: unknown } | null;

export type SuiteOrigin = {
  readonly rules: readonly OriginRule[];
  /** Where the objects of this test are, without a slash at its end. */
  urlOf(test: string): string;
  /** Settles when a fill of this path has come for the first time. */
  isAskedToFill(path: string): Promise<void>;
  /** The suite's own fields, which it reckons by, of the answer that the last fill of this path was given. */
  countsOf(path: string): Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

const COUNTS = ["server-request-count", "server-now"];

/** Tests of an origin that is busy, and is therefore left in peace for a while: each has one for itself. */
const BUSY = ["heuristic-503-not_cached", "status-503-fresh", "status-503-stale"];

/**
 * The suite's origin, which answers by how often it was asked. A cache that redirects has an object fetched once more
 * for itself, of which the suite knows nothing: such a request, to be known by the suite's fields that it lacks, gets
 * what the client was answered last and is not counted.
 */
export async function startSuiteOrigin(): Promise<SuiteOrigin> {
  const answers = new Map<string, PromiseWithResolvers<Kept>>();
  const filled = new Map<string, Kept>();
  const fills = new Map<string, PromiseWithResolvers<void>>();
  const fillOf = (path: string) => {
    const fill = fills.get(path) ?? Promise.withResolvers<void>();
    fills.set(path, fill);
    return fill;
  };
  const answerOf = (path: string) => {
    const answer = answers.get(path) ?? Promise.withResolvers<Kept>();
    answers.set(path, answer);
    return answer;
  };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    if (request.headers["req-num"] === undefined) {
      // It may come before the client does.
      answerOf(path).promise.then((kept) => {
        filled.set(path, kept);
        fillOf(path).resolve();
        repeat(kept, response);
      });
      return;
    }
    if (request.method === "GET") {
      keepAnswer(response, (kept) => {
        answerOf(path).resolve(kept);
        answers.set(path, { ...Promise.withResolvers<Kept>(), promise: Promise.resolve(kept) });
      });
    }
    handleTest(segments(request), request, response);
  };
  const servers = [null, ...BUSY].map((test) => ({ test, server: createServer(answer) }));
  const open = servers.map(async ({ test, server }) => ({ test, url: `http://127.0.0.1:${await listen(server, 0)}` }));
  const addresses = await Promise.all(open);
  return {
    rules: addresses.map(({ url }) => parseOriginRule(url, "public")).filter((rule) => rule !== null),
    urlOf: (test) => (addresses.find((address) => address.test === test) ?? addresses[0])?.url ?? "",
    isAskedToFill: (path) => fillOf(path).promise,
    countsOf: (path) => {
      const { headers = {} } = filled.get(path) ?? {};
      return Object.fromEntries(COUNTS.map((name) => [name, String(headers[name])]));
    },
    stop: async () => void (await Promise.all(servers.map(({ server }) => close(server)))),
  };
}

/** The suite's handlers want the path without their own name. */
export function segments({ url = "" }: IncomingMessage): readonly string[] {
  return new URL(url, "http://localhost").pathname.split("/").slice(2);
}

/** Tells what an answer is made of, once it is. */
function keepAnswer(response: ServerResponse, tell: (kept: Kept) => void): void {
  let body: unknown = "";
  const end = response.end.bind(response) as (chunk?: unknown) => ServerResponse;
  response.end = ((chunk?: unknown) => {
    body = chunk;
    return end(chunk);
  }) as typeof response.end;
  response.once("close", () => {
    const { writableFinished, statusCode: status } = response;
    tell(writableFinished ? { status, headers: response.getHeaders(), body } : null);
  });
}

function repeat(kept: Kept, response: ServerResponse): void {
  if (kept) response.writeHead(kept.status, kept.headers).end(kept.body);
  else response.destroy();
}
