/** The consumer Worker in a process of its own: batches come to it by HTTP, and it says which messages it is done with. */
import consumer from "../../../src/consumer/worker.ts";

export * from "../../../src/consumer/worker.ts";

type Posted = { readonly queue: string; readonly messages: readonly { readonly id: string; readonly body: unknown }[] };

export default {
  async fetch(request, env) {
    if (request.method !== "POST") return new Response(null, { status: 204 });
    const { queue, messages } = await request.json<Posted>();
    const done: string[] = [];
    const delivered = messages.map(({ id, body }) => {
      return { id, body, timestamp: new Date(), attempts: 1, ack: () => void done.push(id), retry() {} };
    });
    const metadata = { metrics: { backlogCount: 0, backlogBytes: 0 } };
    await consumer.queue({ queue, metadata, messages: delivered, ackAll() {}, retryAll() {} }, env);
    return Response.json({ done });
  },
} satisfies ExportedHandler<Record<string, unknown>>;
