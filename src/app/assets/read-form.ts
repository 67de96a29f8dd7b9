import { SnapbyteError } from "../../core/errors.ts";
import { type FormEvent, FormInvalid, formReader } from "../../core/http/multipart-form.ts";
import type { Bytes } from "../read-pieces.ts";
import type { IncomingFile, TakeFile } from "./incoming.ts";

/** The field of a form that holds the file. */
const FILE = "file";
/**
 * What of a form may be something else than its file, bytes: boundaries, heads, fields, what comes before them. All that
 * is kept of it is kept in memory, and all of it is looked through.
 */
export const FORM_ROOM_BYTES = 64 * 1024;

/**
 * Reads a form as it comes, its one file into `take`, whatever comes before and behind it. Throws 400 for a form that
 * breaks off, has no file, or two, 413 for one that is more than its file by {@link FORM_ROOM_BYTES}.
 */
export async function readForm<Taken>(
  pieces: AsyncIterable<Bytes>,
  boundary: string,
  take: TakeFile<Taken>,
): Promise<{ readonly file: IncomingFile; readonly taken: Taken }> {
  const events = eventsOf(pieces, boundary);
  const fields = new Map<string, string>();
  let found: { readonly head: Omit<IncomingFile, "fields">; readonly taken: Taken } | null = null;
  try {
    let event = await events.next();
    while (!event.done && event.value.kind === "part") {
      const { name, fileName, contentType } = event.value.part;
      const part = bytesOf(events);
      if (name === FILE) {
        if (found) throw new SnapbyteError("INVALID_FIELD", "file: is given twice.");
        const taken = await take(fileName === "" ? chosen(part.bytes) : part.bytes, { contentType, length: null });
        found = { head: { filename: fileName, contentType }, taken };
      } else {
        fields.set(name, await textOf(part.bytes));
      }
      event = part.after();
    }
  } catch (error) {
    throw error instanceof FormInvalid ? unreadable(error) : error;
  } finally {
    await events.return();
  }
  if (!found) throw noFile();
  return { taken: found.taken, file: { ...found.head, fields } };
}

function noFile(): SnapbyteError {
  return new SnapbyteError("MISSING_FIELD", "file is required.");
}

/** Where nobody has chosen a file browsers send an empty one without a name (HTML, "constructing the entry list"). */
async function* chosen(pieces: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let isEmpty = true;
  for await (const piece of pieces) {
    isEmpty &&= piece.length === 0;
    yield piece;
  }
  if (isEmpty) throw noFile();
}

function unreadable(cause: FormInvalid): SnapbyteError {
  return new SnapbyteError("INVALID_FIELD", `The form cannot be read: ${cause.message}.`, { cause });
}

async function* eventsOf(pieces: AsyncIterable<Bytes>, boundary: string): AsyncGenerator<FormEvent, void> {
  const reader = formReader(boundary);
  let room = FORM_ROOM_BYTES;
  let isFile = false;
  for await (const piece of pieces) {
    room -= piece.length;
    for (const event of reader.push(piece)) {
      if (event.kind === "part") isFile = event.part.name === FILE;
      else if (event.kind === "bytes" && isFile) room += event.bytes.length;
      else if (event.kind === "end") checkRoom(room);
      yield event;
    }
    checkRoom(room);
  }
  reader.end();
}

function checkRoom(left: number): void {
  if (left < 0) throw new SnapbyteError("BODY_TOO_LARGE", "The form has too much beside its file.");
}

/** The bytes of one part, and, once they are read, what comes behind it. */
function bytesOf(events: AsyncGenerator<FormEvent, void>) {
  let following: IteratorResult<FormEvent, void> | null = null;
  async function* bytes(): AsyncGenerator<Bytes> {
    for (;;) {
      const event = await events.next();
      if (event.done || event.value.kind !== "bytes") {
        following = event;
        return;
      }
      yield event.value.bytes;
    }
  }
  return {
    bytes: bytes(),
    after() {
      if (!following) throw new Error("the part was not read to its end");
      return following;
    },
  };
}

async function textOf(pieces: AsyncIterable<Bytes>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of pieces) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}
