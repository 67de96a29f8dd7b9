import { createServer, type IncomingMessage } from "node:http";
import { close, listen } from "../../../src/dev/net/listen.ts";
import { readForm } from "./bracket-form.ts";
import { type Answer, type StripeObjects, stripeObjects } from "./stripe-objects.ts";

/** The version that the library is pinned to, as it says so itself. */
const VERSION = /^\d{4}-\d{2}-\d{2}\.[a-z]+$/;

/** What was asked of the stand-in. */
export type AskedOfStripe = {
  readonly method: string;
  readonly path: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string | null;
};

export type StripeStandIn = StripeObjects & {
  readonly url: string;
  readonly key: string;
  readonly asked: AskedOfStripe[];
  /** Answers the next calls of a path so, in turn; `null`: as it would. After the last one it asks not to be asked again. */
  answerWith(call: string, ...answers: (Answer | null)[]): void;
  /** Begins anew. */
  forget(): void;
  stop(): Promise<void>;
};

/**
 * A server that speaks as Stripe documents it, and is as strict: form encoding, bearer, version, an idempotency key for what
 * changes something, which answers the same again. https://docs.stripe.com/api
 */
export async function startStripe(port = 0, key = "sk_test_standin"): Promise<StripeStandIn> {
  const objects = stripeObjects();
  const asked: AskedOfStripe[] = [];
  const forced = new Map<string, (Answer | null)[]>();
  const remembered = new Map<string, { readonly text: string; readonly answer: Answer }>();

  const answer = (request: IncomingMessage, text: string): Answer => {
    const { method = "GET", headers } = request;
    const url = new URL(request.url ?? "/", "http://stripe.invalid");
    if (headers.authorization !== `Bearer ${key}`) return failure(401, "Invalid API Key provided: sk_test_***");
    if (!VERSION.test(String(headers["stripe-version"]))) return failure(400, "Invalid Stripe API version");
    const isPost = method === "POST";
    const isForm = headers["content-type"] === "application/x-www-form-urlencoded";
    if (isPost && !isForm) return failure(400, "Invalid request (check that your POST content type is form)");
    const idempotencyKey = headers["idempotency-key"] === undefined ? null : String(headers["idempotency-key"]);
    if (isPost && idempotencyKey === null) return failure(400, "a call that changes something names no key");
    const fields = readForm(isPost ? text : url.search.slice(1));
    asked.push({ method, path: url.pathname, fields, idempotencyKey });
    const waiting = forced.get(`${method} ${url.pathname}`) ?? [];
    const next = waiting.shift();
    if (next) return waiting.length > 0 ? next : { ...next, isFinal: true };
    const before = idempotencyKey === null ? undefined : remembered.get(idempotencyKey);
    if (before && before.text !== text)
      return failure(400, "Keys for idempotent requests can only be used once", "idempotency_error");
    const answered = before?.answer ?? objects.answer(method, url.pathname, fields);
    if (idempotencyKey !== null) remembered.set(idempotencyKey, { text, answer: answered });
    return answered;
  };

  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { status, body, isFinal = false } = answer(request, text);
    // https://docs.stripe.com/error-low-level
    const again: Record<string, string> = isFinal ? { "Stripe-Should-Retry": "false" } : {};
    response.writeHead(status, {
      ...{ "Content-Type": "application/json", "Request-Id": `req_${asked.length}` },
      ...again,
    });
    response.end(JSON.stringify(body));
  });
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  return {
    ...objects,
    ...{ url, key, asked },
    answerWith: (call, ...answers) => forced.set(call, answers),
    forget() {
      for (const each of [objects.customers, objects.subscriptions, forced, remembered]) each.clear();
      for (const each of [objects.invoices, objects.meterEvents, asked]) each.splice(0);
    },
    stop: () => close(server),
  };
}

/** https://docs.stripe.com/api/errors */
export function failure(status: number, message: string, type = "invalid_request_error", more: object = {}): Answer {
  return { status, body: { error: { type, message, ...more } } };
}
