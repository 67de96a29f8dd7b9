import type { RawUrl } from "../../src/core/origin-url/raw-url.ts";
import type { Origin } from "../../src/ports/origin.ts";

/** What an origin answers to a whole GET. */
export type OriginScript = {
  readonly status: number;
  /** Names in lower case. `content-length` is the body's unless it stands here; `null` leaves it out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
  /** `false`: a probe's Range is ignored, and the whole is sent. */
  readonly ranges?: boolean;
  /** Rejects instead of answering. */
  readonly error?: Error;
};

/** Origins that answer by script. `answers` by URL text; one that is not there throws. `calls` in the order they came. */
export type FakeOrigin = Origin & {
  readonly answers: Map<string, OriginScript | (() => OriginScript | Promise<OriginScript>)>;
  readonly calls: { readonly what: "open" | "probe"; readonly url: string }[];
};

export function fakeOrigin(): FakeOrigin {
  const answers: FakeOrigin["answers"] = new Map();
  const calls: FakeOrigin["calls"] = [];

  async function ask(what: "open" | "probe", { text }: RawUrl, signal: AbortSignal) {
    calls.push({ what, url: text });
    signal.throwIfAborted();
    const answer = answers.get(text);
    if (!answer) throw new Error(`no answer is scripted for ${text}`);
    const script = await untilAborted(typeof answer === "function" ? answer() : answer, signal);
    if (script.error) throw script.error;
    return { ...script, body: script.body ?? null, header: headerOf(script) };
  }

  return {
    answers,
    calls,
    async open(url, signal) {
      const { status, header, body } = await ask("open", url, signal);
      return {
        status,
        header,
        body: body && endedBy(signal, body instanceof Uint8Array ? new Blob([body]).stream() : body),
      };
    },
    async probe(url, signal) {
      const { status, header, ranges = true } = await ask("probe", url, signal);
      const etag = header("etag");
      const size = header("content-length");
      if (status !== 200 || size === null || !ranges) return { status, contentRange: null, contentLength: size, etag };
      if (size === "0") return { status: 416, contentRange: "bytes */0", contentLength: null, etag };
      return { status: 206, contentRange: `bytes 0-0/${size}`, contentLength: "1", etag };
    },
  };
}

function headerOf({ headers = {}, body }: OriginScript): (name: string) => string | null {
  const length = body instanceof Uint8Array ? String(body.length) : null;
  const all: Readonly<Record<string, string | null>> = { "content-length": length, ...headers };
  return (name) => all[name.toLowerCase()] ?? null;
}

async function untilAborted<Value>(work: Value | Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** The body until the signal aborts, and that signal's reason after. */
function endedBy(signal: AbortSignal, body: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const { value, done } = await untilAborted(reader.read(), signal);
      if (value && value.length > 0) controller.enqueue(value.slice());
      if (!done) return;
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
