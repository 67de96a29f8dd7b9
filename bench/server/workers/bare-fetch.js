/** The least that a Worker can do that asks an origin for one byte, and sends everybody elsewhere. */
export default {
  async fetch({ url }) {
    const answer = await fetch(url.slice(url.indexOf("?") + 1), { headers: { Range: "bytes=0-0" } });
    await answer.body?.cancel();
    return new Response(null, { status: 302, headers: { Location: "/elsewhere", "Cache-Control": "no-store" } });
  },
};
