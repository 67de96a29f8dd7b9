import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { close, listen } from "../../../src/dev/net/listen.ts";
import type { ConsumerProcess } from "./consumer-process.ts";

type Posted = { readonly queue: string; readonly messages: readonly { readonly id: string }[] };

export type PostOffice = {
  readonly url: string;
  /** Who works on batches, from now on. */
  open(consumers: readonly ConsumerProcess[]): void;
  /**
   * Messages that came, and those of them that nobody is done with yet; batches that brought a new one, and those of them
   * that were made to come again; messages in the hands of a consumer that died.
   */
  counts(): Readonly<Record<"messages" | "waiting" | "batches" | "again" | "lost", number>>;
  stop(): Promise<void>;
};

/**
 * Stands between the queue and its consumers. Every second batch that brings something new is worked on as it should
 * be, and then the queue is told nothing of that, so that it brings all of it once more; of these every second goes to two
 * consumers at the same time. What a consumer that died had in hand comes again, too.
 */
export async function openPostOffice(): Promise<PostOffice> {
  const seen = new Set<string>();
  const waiting = new Set<string>();
  let consumers: readonly ConsumerProcess[] = [];
  const counts = { batches: 0, again: 0, lost: 0 };
  let turn = 0;

  async function work(posted: Posted): Promise<readonly string[]> {
    turn += 1;
    const consumer = consumers[turn % consumers.length];
    if (!consumer) return [];
    try {
      const response = await fetch(consumer.url, { method: "POST", body: JSON.stringify(posted) });
      return ((await response.json()) as { done: string[] }).done;
    } catch {
      counts.lost += posted.messages.length;
      // A process that died does not come back.
      consumers = consumers.filter((each) => each !== consumer);
      return [];
    }
  }

  async function answer(posted: Posted): Promise<readonly string[]> {
    const ids = posted.messages.map(({ id }) => id);
    const isNew = ids.some((id) => !seen.has(id));
    for (const id of ids) {
      if (!seen.has(id)) waiting.add(id);
      seen.add(id);
    }
    if (isNew) counts.batches += 1;
    const forced = isNew && counts.batches % 2 === 0;
    const twice = forced && counts.batches % 4 === 0;
    const [done = []] = await Promise.all([work(posted), ...(twice ? [work(posted)] : [])]);
    if (forced) {
      counts.again += 1;
      return [];
    }
    for (const id of done) waiting.delete(id);
    return done;
  }

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const done = await answer((await json(request)) as Posted);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ done }));
  });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}/`,
    open(opened) {
      consumers = opened;
    },
    counts: () => ({ messages: seen.size, waiting: waiting.size, ...counts }),
    stop: () => close(server),
  };
}
