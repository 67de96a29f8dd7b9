import { SnapbyteError } from "../../core/errors.ts";
import { declaredType } from "../../core/http/declared-type.ts";
import { formBoundary, isFormType } from "../../core/http/multipart-form.ts";
import type { Clock } from "../../ports/clock.ts";
import { bodyReader } from "../read-body.ts";
import { type Bytes, readPieces } from "../read-pieces.ts";
import { FORM_ROOM_BYTES, readForm } from "./read-form.ts";

/** Bytes that are read and handed on at a time: a hundred uploads at once hold 25 MiB of an isolate's 128 MB. */
const PIECE_BYTES = 2 ** 18;

/**
 * How long a body may take, in ms, however steadily it comes: what is not there after a day is given up by the sweep, and
 * nothing must be stored behind its back.
 */
export const LONGEST_BODY_MS = 23 * 60 * 60_000;

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

/** Whether the file is in a form. Throws 400 for a form that does not say where its parts end. */
export function isForm(incoming: Pick<Incoming, "contentType">): boolean {
  return boundaryOf(incoming) !== null;
}

function boundaryOf({ contentType }: Pick<Incoming, "contentType">): string | null {
  const boundary = formBoundary(contentType);
  if (boundary !== null || !isFormType(contentType)) return boundary;
  throw new SnapbyteError("INVALID_FIELD", "Content-Type: the form's boundary is missing, or too long.");
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
  const boundary = boundaryOf(incoming);
  // A form's own end tells that it is whole.
  const length = boundary === null ? incoming.length : null;
  const times = { idleMs, endsAt: clock.now() + LONGEST_BODY_MS, now: () => clock.now() };
  const reader = bodyReader(incoming.body ?? new Blob([]).stream(), times);
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
