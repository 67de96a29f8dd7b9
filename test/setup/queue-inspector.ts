/** The queue of the contract suite: what is sent there can be looked at, and no fill begins. */
export const CONTRACT_QUEUE = "contract-fills";

/** As both wrangler.toml name it. */
const INDEX_ID = "snapbyte-index-local";

/** A Worker that consumes a queue and writes each body to KV, under `arrived:<tenant>:<message id>`. */
export function queueInspector(queue: string) {
  return {
    name: "queue-inspector",
    modules: true,
    compatibilityDate: "2026-10-20",
    kvNamespaces: { INDEX: INDEX_ID },
    queueConsumers: { [queue]: { maxBatchSize: 100, maxBatchTimeout: 0 } },
    script: `export default {
      async queue({ messages }, { INDEX }) {
        const put = ({ id, body }) => INDEX.put("arrived:" + body.tenant + ":" + id, JSON.stringify(body));
        await Promise.all(messages.map(put));
      }
    };`,
  };
}
