/** What Neon's driver sends for the one row of an entry. */
const QUERY = JSON.stringify({ query: "select * from entries where tenant_id = $1 and id = $2", params: ["t", "i"] });
const MESSAGE = { version: 4, sealedUrl: "x".repeat(600), publicKey: `url-${"x".repeat(43)}` };

/**
 * A miss with nothing of ours around it: one KV read and one query that the answer waits for, then a claim and a message,
 * one by one. It tells what those who answer them here cost by themselves.
 */
export default {
  async fetch({ url }, { INDEX, FILLS, FILL_GATE }, context) {
    const id = url.slice(url.indexOf("?") + 1);
    await INDEX.get(`entry:bare/${id}`, { type: "text", cacheTtl: 30 });
    await (await fetch("http://sql.invalid/sql", { method: "POST", body: QUERY })).text();
    context.waitUntil(fill(id, FILLS, FILL_GATE));
    return new Response(null, { status: 302, headers: { Location: "/elsewhere", "Cache-Control": "no-store" } });
  },
};

async function fill(id, queue, gates) {
  const gate = gates.getByName(`gate-${id.charCodeAt(id.length - 1) % 64}`);
  const offer = { boundTo: id, sealedUrl: MESSAGE.sealedUrl, endsAt: null };
  const fence = await gate.claim({ tenant: "bare", id }, offer, false);
  await queue.sendBatch([{ body: { ...MESSAGE, fence }, contentType: "json" }]);
}
