/** A custom hostname as Cloudflare's API tells of it. */
type Row = { id: string; hostname: string; status: string; [field: string]: unknown };
type Error = { readonly code: number; readonly message: string };

/** Where the stand-in's zone is, and what it wants to see. */
export const SAAS_ZONE = { zoneId: "zone-0123", apiToken: "token-that-nobody-may-read" } as const;

/** `asked` has each call as `POST /custom_hostnames {"hostname":…}`. */
export type CloudflareSaas = {
  readonly rows: Map<string, Row>;
  readonly asked: string[];
  /** Names that it does not take, each with the code that it says. */
  readonly refused: Map<string, number>;
  change(host: string, changes: Readonly<Record<string, unknown>>): void;
  answer(request: Request): Promise<Response>;
};

/**
 * The part of Cloudflare's API that is about custom hostnames, as far as we use it, by its statuses and codes:
 * https://developers.cloudflare.com/cloudflare-for-platforms/cloudflare-for-saas/reference/status-codes/custom-hostnames/
 */
export function cloudflareSaas(): CloudflareSaas {
  const rows = new Map<string, Row>();
  const asked: string[] = [];
  const refused = new Map<string, number>();
  const base = `/client/v4/zones/${SAAS_ZONE.zoneId}`;
  let ids = 0;

  function create({ hostname, ssl }: { hostname: string; ssl: { method: string; type: string } }): Response {
    const code = refused.get(hostname);
    if (code) return refusal(400, code, `Invalid custom hostname ${hostname}.`);
    if (ssl?.type !== "dv") return refusal(400, 1433, "The validation type is not supported.");
    const named = [...rows.values()].some((row) => row.hostname === hostname);
    if (named) return refusal(409, 1406, "Duplicate custom hostname found.");
    const row = newRow(`3537a672-e4d8-4d89-aab9-${String(++ids).padStart(12, "0")}`, hostname, ssl.method);
    rows.set(row.id, row);
    return done(row, 201);
  }

  function route(method: string, path: string, query: URLSearchParams, body: unknown): Response {
    if (path === "/custom_hostnames" && method === "POST") return create(body as Parameters<typeof create>[0]);
    if (path === "/custom_hostnames" && method === "GET") {
      // Those that hold the text, as the real one does.
      return done([...rows.values()].filter(({ hostname }) => hostname.includes(query.get("hostname") ?? "")));
    }
    const id = decodeURIComponent(path.slice("/custom_hostnames/".length));
    const row = rows.get(id);
    if (!row) return refusal(404, 1436, "The custom hostname was not found.");
    if (method === "DELETE") rows.delete(id);
    return done(method === "DELETE" ? { id } : row);
  }

  return {
    rows,
    asked,
    refused,
    change(host, changes) {
      const row = [...rows.values()].find(({ hostname }) => hostname === host);
      if (!row) throw new TypeError(`there is no ${host}`);
      Object.assign(row, changes);
    },
    async answer(request) {
      const { pathname, search, searchParams } = new URL(request.url);
      if (request.headers.get("Authorization") !== `Bearer ${SAAS_ZONE.apiToken}`) {
        return refusal(403, 10000, `Authentication error: ${request.headers.get("Authorization")}`);
      }
      if (!pathname.startsWith(`${base}/custom_hostnames`)) return refusal(404, 7003, "No route for that URI");
      const text = await request.text();
      asked.push([request.method, pathname.slice(base.length) + search, text].filter(Boolean).join(" "));
      return route(request.method, pathname.slice(base.length), searchParams, text === "" ? null : JSON.parse(text));
    },
  };
}

/** As it is right after it was made. */
function newRow(id: string, hostname: string, method: string): Row {
  const token = { txt_name: `_acme-challenge.${hostname}`, txt_value: `certificate-${id}` };
  return {
    ...{ id, hostname, status: "pending", created_at: "2026-11-20T12:00:00.000000Z" },
    ownership_verification: { type: "txt", name: `_cf-custom-hostname.${hostname}`, value: `owner-${id}` },
    ownership_verification_http: { http_url: `http://${hostname}/.well-known/cf`, http_body: `owner-${id}` },
    verification_errors: ["custom hostname does not CNAME to this zone."],
    ssl: {
      id,
      type: "dv",
      method,
      status: "pending_validation",
      validation_records: [{ status: "pending", ...token }],
    },
  };
}

function done(result: unknown, status = 200): Response {
  return Response.json({ success: true, errors: [], messages: [], result }, { status });
}

function refusal(status: number, code: number, message: string): Response {
  const errors: Error[] = [{ code, message }];
  return Response.json({ success: false, errors, messages: [], result: null }, { status });
}
