import { SnapbyteError } from "../../core/errors.ts";
import { declaredType } from "../../core/http/declared-type.ts";
import { formBoundary } from "../../core/http/multipart-form.ts";
import type { Clock } from "../../ports/clock.ts";
import { bodyReader } from "../read-body.ts";
import { type Bytes, readPieces } from "../read-pieces.ts";
import { readForm } from "./read-form.ts";

/** Bytes that are read and handed on at a time: a hundred uploads at once hold 25 MiB of an isolate's 128 MB. */
const PIECE_BYTES = 2 ** 18;
/** What of a form may be something else than its file: names, boundaries, fields; bytes. */
const FORM_ROOM_BYTES = 64 * 1024;

/** A request with a file: as its body, or as the field `file` of a form. */
export type Incoming = {
  readonly body: ReadableStream<Uint8Array> | null;
  readonly contentType: string | null;
  /** As Content-Length has it; `null`: the body ends where it ends. */
  readonly length: number | null;
};

/** What came beside a file's bytes. */
export type IncomingFile = {
  /** `null`: it was not said. */
  readonly filename: string | null;
  readonly contentType: string | null;
  /** The form's other fields; of a body none. */
  readonly fields: ReadonlyMap<string, string>;
};

export type IncomingParts = { readonly idleMs: number; readonly clock: Clock };

/** Takes a file's bytes, as many as `length` says (`null`: nobody does), each piece good until the next is asked for. */
export type TakeFile<Taken> = (
  pieces: AsyncIterable<Bytes>,
  file: Pick<IncomingFile, "contentType"> & { readonly length: number | null },
) => Promise<Taken>;

/** Whether the file is in a form. */
export function isForm({ contentType }: Pick<Incoming, "contentType">): boolean {
  return formBoundary(contentType) !== null;
}

/** The least bytes that a request's file has, before any came: a form's other parts are few. */
export function leastBytes(incoming: Incoming): number {
  return Math.max(0, (incoming.length ?? 0) - (isForm(incoming) ? FORM_ROOM_BYTES : 0));
}

/** Hands the file of a request to `take`. Throws 400 for a body that is not whole, or no form of ours. */
export async function readIncoming<Taken>(
  incoming: Incoming,
  take: TakeFile<Taken>,
  { idleMs, clock }: IncomingParts,
): Promise<{ readonly file: IncomingFile; readonly taken: Taken }> {
  const boundary = formBoundary(incoming.contentType);
  // A form's own end tells that it is whole.
  const length = boundary === null ? incoming.length : null;
  const reader = bodyReader(incoming.body ?? new Blob([]).stream(), { idleMs, now: () => clock.now() });
  const pieces = fromClient(reader, length);
  if (boundary !== null) return await readForm(pieces, boundary, take);
  const contentType = declaredType(incoming.contentType);
  const taken = await take(pieces, { contentType, length });
  return { taken, file: { filename: null, contentType, fields: new Map() } };
}

/** What breaks here was broken by who sends, and that is what they are told, if they are still there. */
async function* fromClient(reader: ReturnType<typeof bodyReader>, length: number | null): AsyncGenerator<Bytes> {
  const pieces = readPieces(reader, length, PIECE_BYTES);
  try {
    for (;;) {
      const next = await pieces.next().catch((cause: unknown) => {
        throw new SnapbyteError("INVALID_FIELD", "The body did not come whole.", { cause });
      });
      if (next.done) return;
      yield next.value.bytes;
    }
  } finally {
    await pieces.return();
  }
}
