/** The least that a Worker can do that asks KV once: the answer, of the key that the query names, changes nothing. */
export default {
  async fetch({ url }, { INDEX }) {
    await INDEX.get(url.slice(url.indexOf("?") + 1), { type: "text", cacheTtl: 30 });
    return new Response(null, { status: 302, headers: { Location: "/elsewhere", "Cache-Control": "no-store" } });
  },
};
