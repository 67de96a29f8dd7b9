import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { close, listen } from "../../../src/dev/net/listen.ts";

export type DeadlyPostgres = {
  readonly endpoint: string;
  /** Whether somebody was killed. */
  hasKilled(): boolean;
  stop(): Promise<void>;
};

/**
 * A way to Postgres by which the batches after the first `spared` are added, and whoever wants to hear of it is killed
 * instead: the worst moment to die at.
 */
export async function openDeadlyPostgres(
  target: string,
  kill: () => Promise<void>,
  spared = 2,
): Promise<DeadlyPostgres> {
  let adds = 0;
  let killed = false;
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const fields = Object.entries(request.headers).filter(([name]) => /^(?:neon-|content-type)/.test(name));
    const answer = await fetch(target, { method: "POST", headers: fields as [string, string][], body });
    const said = await answer.text();
    if (body.includes("insert into usage_batches")) adds += 1;
    if (adds > spared && !killed) {
      killed = true;
      await kill();
    }
    response.writeHead(answer.status, { "content-type": "application/json" }).end(said);
  });
  const port = await listen(server, 0);
  return { endpoint: `http://127.0.0.1:${port}/sql`, hasKilled: () => killed, stop: () => close(server) };
}
