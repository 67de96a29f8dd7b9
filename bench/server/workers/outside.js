/** Requests and, of the queue, messages. */
const counted = { store: 0, messages: 0, batches: 0, usage: 0, queries: 0, cache: 0, origins: 0, others: 0 };
/** How long Postgres takes, in ms. */
let postgresMs = 0;

/** All that the api Worker can reach, by host. It counts who was asked, and keeps nothing. */
export default {
  async fetch(request, { GOOGLE_KEYS }) {
    if (request.headers.has("CF-R2-Request")) {
      counted.store += 1;
      return new Response(null, { status: 501 });
    }
    const url = new URL(request.url);
    switch (url.hostname) {
      case "127.0.0.1":
        // We ourselves: this is the only way in from the machine.
        postgresMs = Number(url.searchParams.get("postgres_ms") ?? postgresMs);
        return Response.json(counted);
      case "sql.invalid":
        return await postgres(await request.text());
      case "last-known-tenants.invalid":
      case "copies.invalid":
      case "unknown-entries.invalid":
        counted.cache += 1;
        return new Response(null, { status: request.method === "GET" ? 504 : 204 });
      case "keys.invalid":
        return Response.json(GOOGLE_KEYS, { headers: { "Cache-Control": "max-age=20000" } });
      default:
        return request.headers.get("Range") === "bytes=0-0" ? origin() : queue(request, url.pathname);
    }
  },
};

/** Neon's protocol: no query finds a row. Nothing else is asked of it. */
async function postgres(body) {
  const isQuery = /^\{"query":"\s*select/i.test(body);
  counted[isQuery ? "queries" : "others"] += 1;
  if (postgresMs > 0) await scheduler.wait(postgresMs);
  return new Response(isQuery ? NO_ROW : DONE, { headers: { "Content-Type": "application/json" } });
}

const NO_ROW = JSON.stringify({ command: "SELECT", rowCount: 0, fields: [], rows: [] });
const DONE = JSON.stringify({ command: "UPDATE", rowCount: 0, fields: [], rows: [] });

/** An origin that would serve any URL, and has what every copy was made of. */
function origin() {
  counted.origins += 1;
  return new Response("0", { status: 206, headers: { "Content-Range": "bytes 0-0/1048576", ETag: '"bench"' } });
}

/** Takes messages: what was counted comes one by one, fills in batches. Whoever wants something else has no business here. */
async function queue({ method, headers, body }, path) {
  const isQueue = method === "POST" && (path === "/message" || path === "/batch");
  if (!isQueue) {
    counted.others += 1;
    return new Response(null, { status: 501 });
  }
  if (path === "/message") counted.usage += 1;
  else {
    counted.batches += 1;
    counted.messages += Number(headers.get("CF-Queue-Batch-Count") ?? 1);
  }
  await body?.pipeTo(new WritableStream());
  return Response.json({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0, oldestMessageTimestamp: 0 } } });
}
