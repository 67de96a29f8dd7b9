import type { MultipartRanges } from "../core/http/multipart-ranges.ts";
import type { AnswerPlan } from "../core/http/plan-answer.ts";
import type { OpenPipe } from "../ports/pipe.ts";
import type { CopySource } from "./copy-source.ts";
import type { InBackground } from "./in-background.ts";

export type CopyBodyParts = { readonly openPipe: OpenPipe; readonly inBackground: InBackground };

/** The body that a plan says. `body`: the bytes that were read for it; `null`: of several parts each is read in its turn. */
export function copyBody(
  { multipart, representation }: AnswerPlan,
  body: ReadableStream<Uint8Array> | null,
  source: CopySource,
  { openPipe, inBackground }: CopyBodyParts,
): ReadableStream<Uint8Array> | null {
  if (multipart) {
    const { readable, writable } = openPipe(multipart.length);
    inBackground(writeParts(multipart, writable, source));
    return readable;
  }
  return representation.undo === null || !body
    ? body
    : body.pipeThrough(new DecompressionStream(representation.undo) as ReadableWritablePair<Uint8Array, Uint8Array>);
}

/** One read after the other: a client that leaves has nothing more read. */
async function writeParts(
  { pieces }: MultipartRanges,
  writable: WritableStream<Uint8Array>,
  source: CopySource,
): Promise<void> {
  try {
    for (const piece of pieces) {
      if ("offset" in piece) {
        const part = await source.get(piece);
        if (!part) throw new Error("the copy went away between two of its parts");
        await part.body.pipeTo(writable, { preventClose: true, preventAbort: true });
      } else await writeText(piece, writable);
    }
    await writable.close();
  } catch (error) {
    await writable.abort(error).catch(() => {});
  }
}

async function writeText(text: Uint8Array, writable: WritableStream<Uint8Array>): Promise<void> {
  const writer = writable.getWriter();
  try {
    await writer.write(text);
  } finally {
    writer.releaseLock();
  }
}
