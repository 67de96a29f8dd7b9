import { acceptsCoding, type UndoableCoding, undoableCoding } from "./content-coding.ts";
import type { ObjectHeaders } from "./object-headers.ts";

/** A copy in the form in which one client gets it (RFC 9110 section 3.2). */
export type Representation = {
  /** Bytes; `null`: nobody knows before they are decoded, so there are no parts of it either. */
  readonly size: number | null;
  readonly headers: ObjectHeaders;
  /** The coding to undo on the way out; `null`: the bytes go out as they lie in the store. */
  readonly undo: UndoableCoding | null;
  /** Whether another Accept-Encoding could have had another form. */
  readonly negotiated: boolean;
};

/**
 * The form of a stored copy for a client that sent this Accept-Encoding: as it lies, or decoded where its coding is
 * refused and we can undo it. Who refuses everything (`*;q=0`) gets it decoded too: that is what most clients can read.
 */
export function chooseRepresentation(
  { size, headers }: { readonly size: number; readonly headers: ObjectHeaders },
  acceptEncoding: string | null,
): Representation {
  const coding = undoableCoding(headers.contentEncoding);
  const negotiated = coding !== null;
  if (coding === null || acceptsCoding(acceptEncoding, coding)) return { size, headers, undo: null, negotiated };
  // Other bytes have another strong ETag (section 8.8.3.3); the same stored ones always decode to the same.
  const decoded = { ...headers, contentEncoding: null, etag: headers.etag.replace(/"$/, '-identity"') };
  return { size: null, headers: decoded, undo: coding, negotiated };
}
