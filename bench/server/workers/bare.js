/** The least that a Worker can do: the same redirect for everybody. */
export default {
  fetch() {
    return new Response(null, { status: 302, headers: { Location: "/elsewhere", "Cache-Control": "no-store" } });
  },
};
