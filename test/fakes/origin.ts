import { parseByteRange } from "../../src/core/http/byte-range.ts";
import { listNamesEtag, listNamesStrongEtag } from "../../src/core/http/etag.ts";
import type { RawUrl } from "../../src/core/origin-url/raw-url.ts";
import type { Origin, OriginFields } from "../../src/ports/origin.ts";
import { cutAfter, endedBy, untilAborted } from "./origin-body.ts";

/** What an origin answers to a GET of the whole; from it follows what it answers to a Range and to conditions. */
export type OriginScript = {
  readonly status: number;
  /** Names in lower case. `content-length` is the body's unless it stands here; `null` leaves it out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
  /** `false`: a Range is ignored, and the whole is sent; so it is where `body` is a stream, but to a probe. */
  readonly ranges?: boolean;
  /** Bytes of a body after which the connection is lost, in each answer. */
  readonly cutAfter?: number;
  /** Rejects instead of answering. */
  readonly error?: Error;
};

/** One GET that an origin got. `fields` of an `open`, as they were sent. */
export type OriginCall = { readonly what: "open" | "probe"; readonly url: string; readonly fields?: OriginFields };

/** Origins that answer by script. `answers` by URL text; one that is not there throws. `calls` in the order they came. */
export type FakeOrigin = Origin & {
  readonly answers: Map<string, OriginScript | ((call: OriginCall) => OriginScript | Promise<OriginScript>)>;
  readonly calls: OriginCall[];
};

export function fakeOrigin(): FakeOrigin {
  const answers: FakeOrigin["answers"] = new Map();
  const calls: FakeOrigin["calls"] = [];

  async function ask(call: OriginCall, signal: AbortSignal): Promise<OriginScript> {
    calls.push(call);
    signal.throwIfAborted();
    const answer = answers.get(call.url);
    if (!answer) throw new Error(`no answer is scripted for ${call.url}`);
    const script = await untilAborted(typeof answer === "function" ? answer(call) : answer, signal);
    if (script.error) throw script.error;
    return script;
  }

  return {
    answers,
    calls,
    async open({ text }: RawUrl, fields, signal) {
      const script = answerTo(fields, await ask({ what: "open", url: text, fields }, signal));
      const { status, body, cutAfter: cut } = script;
      const stream = body instanceof Uint8Array ? new Blob([body]).stream() : (body ?? null);
      const sent = stream && cut !== undefined ? cutAfter(cut, stream) : stream;
      return { status, header: headerOf(script), body: sent && endedBy(signal, sent) };
    },
    async probe({ text }, signal) {
      const script = await ask({ what: "probe", url: text }, signal);
      const { status, ranges = true } = script;
      const header = headerOf(script);
      const etag = header("etag");
      const size = header("content-length");
      if (status !== 200 || size === null || !ranges) return { status, contentRange: null, contentLength: size, etag };
      if (size === "0") return { status: 416, contentRange: "bytes */0", contentLength: null, etag };
      return { status: 206, contentRange: `bytes 0-0/${size}`, contentLength: "1", etag };
    },
  };
}

/** In the order of RFC 9110 section 13.2.2; what is not 200 answers to no field. */
function answerTo({ range, ifMatch, ifNoneMatch }: OriginFields, script: OriginScript): OriginScript {
  const { status, headers, body, ranges = true } = script;
  if (status !== 200) return script;
  const etag = headers?.etag ?? "";
  if (ifMatch !== undefined && !listNamesStrongEtag(ifMatch, etag)) return { status: 412 };
  if (ifNoneMatch !== undefined && listNamesEtag(ifNoneMatch, etag.replace(/^W\//, "")))
    return { status: 304, headers: { etag } };
  if (!ranges || !(body instanceof Uint8Array)) return script;
  const part = parseByteRange(range ?? null, body.length);
  if (part === null) return script;
  if (part === "unsatisfiable") {
    return { status: 416, headers: { ...headers, "content-length": null, "content-range": `bytes */${body.length}` } };
  }
  const last = part.offset + part.length - 1;
  const field = `bytes ${part.offset}-${last}/${body.length}`;
  return {
    ...script,
    status: 206,
    headers: { ...headers, "content-length": String(part.length), "content-range": field },
    body: body.slice(part.offset, last + 1),
  };
}

function headerOf({ headers = {}, body }: OriginScript): (name: string) => string | null {
  const length = body instanceof Uint8Array ? String(body.length) : null;
  const all: Readonly<Record<string, string | null>> = { "content-length": length, ...headers };
  return (name) => all[name.toLowerCase()] ?? null;
}
