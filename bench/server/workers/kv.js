/** Workers KV as workerd speaks to it: a GET of the key's name for a value; what is written is not kept. */
export default {
  fetch(request, { VALUES }) {
    if (request.method !== "GET") return new Response(null);
    const value = VALUES[decodeURIComponent(new URL(request.url).pathname.slice(1))];
    return value === undefined ? new Response(null, { status: 404 }) : new Response(value);
  },
};
