import type { BodyReader } from "./read-body.ts";
import { type Buffers, NEW_BUFFERS } from "./spare-buffers.ts";

/** The body did not have the length that the origin announced. */
export class WrongLength extends Error {
  constructor(announced: number, got: string) {
    super(`the origin announced ${announced} bytes and sent ${got}`);
    this.name = "WrongLength";
  }
}

export type Bytes = Uint8Array<ArrayBuffer>;

/** A piece of a body. `last`: nothing follows; of a body of unknown length, one that is not `last` may be the last too. */
export type Piece = { readonly bytes: Bytes; readonly last: boolean };

/**
 * The body in pieces of `pieceBytes`, the last one shorter, all of them views of one buffer: each is good until the next
 * is asked for, the last, where `buffers` are shared, until it is told that it was the last. `length`: what the origin announced, `null` for a body that only its end ends. Throws {@link WrongLength},
 * and what the reader throws. The body is cancelled when nobody asks for more: left alone, its connection would stay open.
 */
export async function* readPieces(
  reader: BodyReader,
  length: number | null,
  pieceBytes: number,
  buffers: Buffers = NEW_BUFFERS,
): AsyncGenerator<Piece, void, void> {
  const most = Math.max(1, Math.min(length ?? pieceBytes, pieceBytes));
  let buffer = buffers.take(most);
  let left = length ?? Number.POSITIVE_INFINITY;
  try {
    while (left > 0) {
      const wanted = Math.min(left, most);
      const { view, ended } = await reader.fill(new Uint8Array(buffer, 0, wanted));
      if (length !== null && view.length < wanted) throw new WrongLength(length, "fewer");
      left = view.length < wanted ? 0 : left - wanted;
      buffer = view.buffer;
      if (left === 0 && length !== null && !(await reader.atEnd())) throw new WrongLength(length, "more");
      if (view.length > 0) yield { bytes: view, last: left === 0 || ended };
      if (ended) return;
    }
    if (length === 0 && !(await reader.atEnd())) throw new WrongLength(0, "more");
  } finally {
    await reader.cancel();
    buffers.give(buffer);
  }
}
