import type { SaasZone } from "../../core/hosts/read-hosts.ts";
import type { CustomHostnames } from "../../ports/custom-hostnames.ts";
import { hostnameAnswer, hostnamesAnswer, refusalCodes, toCustomHostname } from "./cloudflare-hostname-answer.ts";
import type { Fetcher } from "./cloudflare-purge.ts";

/** https://developers.cloudflare.com/api/resources/custom_hostnames/ */
const ENDPOINT = "https://api.cloudflare.com/client/v4";
/** For each call, ms: whoever waits for it changes a setting, and is no download. */
const TIME_LIMIT_MS = 10_000;
/**
 * A certificate of Cloudflare's own, which the owner of the name vouches for in the DNS, so that it is there before the
 * name is pointed to us.
 */
const SSL = { method: "txt", type: "dv", settings: { min_tls_version: "1.2" } } as const;
/**
 * What is wrong with the name itself (reserved, no public suffix, and the like), "Duplicate custom hostname found", and "The custom
 * hostname was not found":
 * https://developers.cloudflare.com/cloudflare-for-platforms/cloudflare-for-saas/reference/status-codes/custom-hostnames/
 */
const BAD_NAME = [1407, 1408, 1409, 1410, 1411, 1448];
const DUPLICATE = 1406;
const UNKNOWN = 1436;
/** Of a UUID's letters: `..` would lead to the zone itself, and to its end. */
const ID = /^[\w-]+$/;

/**
 * Cloudflare for SaaS over its API, with a token that may "SSL and Certificates, Edit" the zone. Rejects with status and
 * error codes of a call that is refused, or does not answer in time; no error holds the token.
 */
export function cloudflareCustomHostnames(
  { zoneId, apiToken, target }: SaasZone,
  { fetcher = fetch as Fetcher, endpoint = ENDPOINT, timeLimitMs = TIME_LIMIT_MS } = {},
): CustomHostnames {
  const all = `${endpoint}/zones/${encodeURIComponent(zoneId)}/custom_hostnames`;
  const one = (id: string) => `${all}/${id}`;

  async function call(method: string, url: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetcher(url, {
      method,
      headers: { Authorization: `Bearer ${apiToken}`, "Content-Type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // To another address the token must not go.
      redirect: "manual",
      signal: AbortSignal.timeout(timeLimitMs),
    });
    return { status: response.status, body: parsed(await response.text()) };
  }

  /** The one of exactly this name: the API finds others too that hold it. */
  async function findByName(host: string) {
    const { status, body } = await call("GET", `${all}?hostname=${encodeURIComponent(host)}`);
    const found = status === 200 ? hostnamesAnswer(body)?.find(({ hostname }) => hostname === host) : undefined;
    if (!found) throw refusal(status, body);
    return toCustomHostname(found, target);
  }

  return {
    async create(host) {
      const { status, body } = await call("POST", all, { hostname: host, ssl: SSL });
      const codes = refusalCodes(body);
      if (status === 409 && codes.includes(DUPLICATE)) return await findByName(host);
      if (status === 400 && codes.some((code) => BAD_NAME.includes(code))) return "refused";
      const created = isGood(status) ? hostnameAnswer(body) : null;
      if (!created) throw refusal(status, body);
      return toCustomHostname(created, target);
    },

    async find(id) {
      if (!ID.test(id)) return null;
      const { status, body } = await call("GET", one(id));
      if (isUnknown(status, body)) return null;
      const found = isGood(status) ? hostnameAnswer(body) : null;
      if (!found) throw refusal(status, body);
      return toCustomHostname(found, target);
    },

    async delete(id) {
      if (!ID.test(id)) return;
      const { status, body } = await call("DELETE", one(id));
      if (!isUnknown(status, body) && !isGood(status)) throw refusal(status, body);
    },
  };
}

/** A zone that is not there is 404, too. */
function isUnknown(status: number, body: unknown): boolean {
  return status === 404 && refusalCodes(body).includes(UNKNOWN);
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Codes and nothing else: a text of the other side may repeat what it was sent. */
function refusal(status: number, body: unknown): Error {
  return new Error(
    `Cloudflare answered ${status} for a custom hostname, errors: ${refusalCodes(body).join(", ") || "none told"}`,
  );
}

/** What is no JSON says nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
