import { createServer, type IncomingMessage } from "node:http";
import { afterAll, beforeAll } from "vitest";
import { close, listen } from "../../../src/dev/net/listen.ts";
import { consoleWorld, type World } from "../../console/fakes/console-world.ts";
import type { FakeApi } from "../../console/fakes/fake-api.ts";

/** The console on a port of this machine, and bytes that went out for each path. */
export type ServedConsole = {
  readonly origin: string;
  readonly world: World;
  /** Of bodies and header fields, by path, since they were last forgotten. */
  readonly sent: Map<string, number>;
};

/** Serves the console, with an API and people in memory, to the tests of this file. */
export function withConsole(api: () => FakeApi): () => ServedConsole {
  let served: ServedConsole | undefined;
  const server = createServer(async (request, response) => {
    const { world, sent } = served as ServedConsole;
    const answer = await world.answer(await requestOf(request, (served as ServedConsole).origin));
    const body = Buffer.from(await answer.arrayBuffer());
    const fields = [...answer.headers].filter(([name]) => name !== "set-cookie");
    response.writeHead(
      answer.status,
      [...fields, ...answer.headers.getSetCookie().map((value) => ["set-cookie", value])].flat(),
    );
    response.end(body);
    const path = new URL(request.url ?? "/", served?.origin).pathname;
    const head = fields.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
    sent.set(path, (sent.get(path) ?? 0) + body.length + head);
  });
  beforeAll(async () => {
    const world = await consoleWorld({}, api());
    const port = await listen(server, 0);
    served = { origin: `http://127.0.0.1:${port}`, world, sent: new Map() };
  });
  afterAll(async () => {
    await close(server);
  });
  return () => served as ServedConsole;
}

async function requestOf(request: IncomingMessage, origin: string): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = "GET", headers } = request;
  const fields = new Headers();
  for (const [name, value] of Object.entries(headers)) if (typeof value === "string") fields.set(name, value);
  const body = method === "GET" || method === "HEAD" ? null : Buffer.concat(chunks);
  return new Request(new URL(request.url ?? "/", origin), { method, headers: fields, body });
}
