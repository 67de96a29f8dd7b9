import { DurableObject } from "cloudflare:workers";

/** Who was asked that no hit may ask: origins, the store, the queue. */
const asked = [];

/** Never called: a hit needs no gate. */
export class FillGateObject extends DurableObject {}

/** Nobody ever withdrew anything. */
export class WithdrawalsObject extends DurableObject {
  read() {
    return { epoch: 0, purges: new Array(64).fill(0), purgedAt: 0 };
  }
}

/** All that the api Worker can reach, by host. */
export default {
  fetch(request, { GOOGLE_KEYS }) {
    const url = new URL(request.url);
    switch (url.hostname) {
      case "127.0.0.1":
        // We ourselves: this is the only way in from the machine.
        return Response.json(asked);
      case "sql.invalid":
        // Hits are counted once a second; nothing else of a hit asks Postgres.
        return Response.json({ command: "UPDATE", rowCount: 0, fields: [], rows: [] });
      case "last-known-tenants.invalid":
      case "copies.invalid":
        return new Response(null, { status: request.method === "GET" ? 504 : 204 });
      case "keys.invalid":
        return Response.json(GOOGLE_KEYS, { headers: { "Cache-Control": "max-age=20000" } });
      default:
        asked.push(`${request.method} ${url.host}`);
        return new Response(null, { status: 501 });
    }
  },
};
