/**
 * The api Worker as it is, but that it logs what it puts into the queue: the local queue keeps its messages in memory
 * alone, and nothing else would show what they hold.
 */
import api from "../../../src/api/worker.ts";

type Raw = Readonly<Record<string, object>>;

/** One object for all requests: the api takes another one for another deployment. */
let env: Raw | undefined;

export default {
  async fetch(request: Request<unknown, IncomingRequestCfProperties>, raw: Raw) {
    env ??= { ...raw, FILLS: telling(raw.FILLS as Queue) };
    return await api.fetch(request, env);
  },
};

function telling(queue: Queue): Pick<Queue, "send" | "sendBatch" | "metrics"> {
  return {
    send(...message) {
      console.log("queued", JSON.stringify(message));
      return queue.send(...message);
    },
    sendBatch(...batch) {
      console.log("queued", JSON.stringify(batch));
      return queue.sendBatch(...batch);
    },
    metrics: () => queue.metrics(),
  };
}
