import * as z from "zod";

/** Host name of the API on the service binding: it goes nowhere else. */
export const API_ORIGIN = "https://api.internal";
/** How long a page waits for one answer. */
const PATIENCE_MS = 10_000;

/** The caller's role, or key, does not allow the call. */
export const INSUFFICIENT_SCOPE = "INSUFFICIENT_SCOPE";

/** An answer of the API that is no success, in its own words, which are written for people. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds after which asking again may help; `null`: it does not say. */
  readonly retryAfter: number | null;

  constructor(status: number, code: string, message: string, retryAfter: number | null = null) {
    super(message);
    this.name = "ApiProblem";
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

const problemBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

type Query = Readonly<Record<string, string | number | null | undefined>>;

/** The API as one person sees it. Every call throws {@link ApiProblem} for anything but a success in the schema's shape. */
export type Api = {
  get<Schema extends z.ZodType>(path: string, schema: Schema, query?: Query): Promise<z.infer<Schema>>;
  send<Schema extends z.ZodType>(
    method: "POST" | "PATCH" | "DELETE" | "PUT",
    path: string,
    schema: Schema,
    body?: unknown,
  ): Promise<z.infer<Schema>>;
  /**
   * Passes a file on as it comes, of which nothing is kept here. There is no telling how long that takes: the API itself
   * gives up a body that has stopped.
   */
  pass<Schema extends z.ZodType>(
    method: "POST" | "PUT",
    path: string,
    schema: Schema,
    file: PassedBody,
    query?: Query,
  ): Promise<z.infer<Schema>>;
  /** An answer that is no JSON, such as CSV, as it comes. */
  raw(path: string, query: Query, accept: string): Promise<Response>;
};

/** What of a request is passed on: its body, and what that says of itself. */
export type PassedBody = Pick<Request, "body" | "headers">;
const PASSED_FIELDS = ["Content-Type", "Content-Length"];

export type ApiParts = {
  readonly ask: (request: Request) => Promise<Response>;
  /** The bearer of a call; asked for once for each page. */
  readonly bearer: () => Promise<string>;
};

type Sent = {
  readonly body?: string | ReadableStream | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** `null`: as long as it takes. */
  readonly signal?: AbortSignal | null;
};
const JSON_TYPE = "application/json";
/** Node takes a stream for a body by this word alone (Fetch, "RequestDuplex"); workerd needs none. */
const HALF = { duplex: "half" };

/** Path segments, percent-encoded: a key may hold anything. */
export function path(strings: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw(
    { raw: strings },
    ...values.map((value) => encodeURIComponent(value).replace(/^\.{1,2}$/, (dots) => dots.replaceAll(".", "%2E"))),
  );
}

/** A client of the API. Another answer than the schema's is 502, for it is not the person's fault. */
export function apiClient({ ask, bearer }: ApiParts): Api {
  let token: Promise<string> | undefined;
  async function call(method: string, path: string, query: Query, accept: string, sent: Sent = {}): Promise<Response> {
    const url = new URL(API_ORIGIN + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== null && value !== undefined && value !== "") url.searchParams.set(name, String(value));
    }
    token ??= bearer();
    const headers = { ...sent.headers, Accept: accept, Authorization: `Bearer ${await token}` };
    const { body = null, signal = AbortSignal.timeout(PATIENCE_MS) } = sent;
    let response: Response;
    try {
      response = await ask(new Request(url, { method, headers, body, signal, ...HALF }));
    } catch (cause) {
      throw Object.assign(new ApiProblem(503, "UNAVAILABLE", "The API does not answer at the moment."), { cause });
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }
  async function read<Schema extends z.ZodType>(response: Response, schema: Schema): Promise<z.infer<Schema>> {
    const result = schema.safeParse(await response.json().catch(() => undefined));
    if (result.success) return result.data;
    throw Object.assign(new ApiProblem(502, "UNEXPECTED", "The API has given an answer that this page cannot read."), {
      cause: result.error,
    });
  }
  return {
    get: async (path, schema, query = {}) => await read(await call("GET", path, query, JSON_TYPE), schema),
    send: async (method, path, schema, body) =>
      await read(
        await call(method, path, {}, JSON_TYPE, body === undefined ? {} : { body: JSON.stringify(body) }),
        schema,
      ),
    pass: async (method, path, schema, file, query = {}) =>
      await read(await call(method, path, query, JSON_TYPE, passed(file)), schema),
    raw: async (path, query, accept) => await call("GET", path, query, accept),
  };
}

function passed({ body, headers }: PassedBody): Sent {
  const fields = PASSED_FIELDS.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? ""]] : []));
  return { body, signal: null, headers: Object.fromEntries(fields) };
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body = problemBody.safeParse(await response.json().catch(() => undefined));
  const retryAfter = Number(response.headers.get("Retry-After") ?? "");
  const { code, message } = body.success
    ? body.data.error
    : { code: "UNEXPECTED", message: `The API has answered ${response.status}.` };
  return new ApiProblem(response.status, code, message, retryAfter > 0 ? retryAfter : null);
}
