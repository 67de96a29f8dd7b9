/** Reads of entries, of tenants, and what was written: KV charges for each of them, whether it has a value or not. */
const counted = { entries: 0, tenants: 0, writes: 0 };

/**
 * Workers KV as workerd speaks to it: a GET of the key's name for a value; what is written is not kept. Beside VALUES it has
 * an entry for whatever is asked of the tenants of HELD, but for the ids that it says are absent.
 */
export default {
  fetch(request, { VALUES, HELD }) {
    const { hostname, pathname } = new URL(request.url);
    if (hostname === "127.0.0.1") return Response.json(counted);
    if (request.method !== "GET") {
      counted.writes += 1;
      return new Response(null);
    }
    const name = decodeURIComponent(pathname.slice(1));
    const isEntry = name.startsWith("entry:");
    counted[isEntry ? "entries" : "tenants"] += 1;
    const value = VALUES[name] ?? (isEntry ? entryOf(name, HELD) : undefined);
    return value === undefined ? new Response(null, { status: 404 }) : new Response(value);
  },
};

let absent;

/** An entry is bound to the object that its id names. */
function entryOf(name, { tenants, ids, before, after }) {
  absent ??= new Set(ids);
  const at = name.indexOf("/");
  const id = name.slice(at + 1);
  return tenants.includes(name.slice(6, at)) && !absent.has(id) ? before + id + after : undefined;
}
