import { SnapbyteError } from "../core/errors.ts";
import { type AssertionKeys, parseAssertionKeys } from "../core/people/assertion.ts";
import { binding, optionalText, parsed, positiveNumber, type RawSettings, text } from "../core/settings.ts";
import { API_ORIGIN } from "./api/client.ts";
import type { AskApi } from "./frame/call.ts";
import type { MailProvider } from "./mail/send-by-http.ts";
import { readStripe, type StripeSettings } from "./stripe/settings.ts";

/** What the console Worker runs with, checked once per isolate. */
export type ConsoleEnv = {
  readonly askApi: AskApi;
  /** Where customers' downloads go, without a slash at its end. */
  readonly edge: string;
  /** Where the console itself is, the same: cookies, links in mails and the check of forms go by it. */
  readonly url: string;
  /** Local development. */
  readonly local: boolean;
  /** Of sign-in; nothing else of the console's comes to Postgres. */
  readonly databaseUrl: string;
  /** `null`: Neon itself. */
  readonly neonEndpoint: string | null;
  /** Signs cookies, seals second factors. */
  readonly authSecret: string;
  /** What the console speaks to the API under. */
  readonly keys: AssertionKeys;
  /** How often one e-mail address may be tried. */
  readonly addressLimit: RateLimit;
  /** How often one network may try, a minute. */
  readonly triesPerMinute: number;
  /** `null`, in local development alone: mails stay in the outbox. */
  readonly mail: MailProvider | null;
  /** `null`: payment is off. */
  readonly stripe: StripeSettings | null;
};

type Service = { fetch(request: Request): Promise<Response> };
type RateLimit = { limit(of: { readonly key: string }): Promise<{ readonly success: boolean }> };

/** Characters of chance at least: 32 of base64url are 192 bits. */
const MIN_SECRET = 32;

/** Throws MISCONFIGURED, naming what is missing and never its value. */
export function parseConsoleEnv(raw: RawSettings): ConsoleEnv {
  const local = text(raw, "ENVIRONMENT") === "local";
  return {
    askApi: askApi(binding<Service>(raw, "API"), optionalText(raw, "API_URL")),
    edge: address(raw, "EDGE_URL"),
    url: address(raw, "CONSOLE_URL"),
    local,
    databaseUrl: text(raw, "DATABASE_URL"),
    neonEndpoint: optionalText(raw, "NEON_ENDPOINT"),
    authSecret: parsed(raw, "AUTH_SECRET", (secret) => (secret.length < MIN_SECRET ? null : secret)),
    keys: parsed(raw, "CONSOLE_KEYS", parseAssertionKeys),
    addressLimit: binding(raw, "ADDRESS_LIMIT"),
    triesPerMinute: positiveNumber(raw, "TRIES_PER_MINUTE", 10),
    mail: readMail(raw, local),
    stripe: readStripe(raw, local),
  };
}

/** By the host name that answers management calls, where the API was given one (API_HOSTS). */
function askApi(api: Service, url: string | null): AskApi {
  if (url === null) return (request) => api.fetch(request);
  const host = url.replace(/\/+$/, "");
  return (request) => api.fetch(new Request(host + request.url.slice(API_ORIGIN.length), request));
}

function address(raw: RawSettings, name: string): string {
  return text(raw, name).replace(/\/+$/, "");
}

function readMail(raw: RawSettings, local: boolean): MailProvider | null {
  if (local && optionalText(raw, "MAIL_URL") === null) return null;
  const url = parsed(raw, "MAIL_URL", (value) => (/^https?:\/\//.test(value) ? value : null));
  if (!local && !url.startsWith("https:")) throw new SnapbyteError("MISCONFIGURED", "MAIL_URL must be https.");
  return { url, token: text(raw, "MAIL_TOKEN"), from: text(raw, "MAIL_FROM") };
}
