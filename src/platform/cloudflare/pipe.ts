import type { OpenPipe } from "../../ports/pipe.ts";

/** Pipes of workerd's own: an answer that is read from one of a fixed length is sent with its Content-Length. */
export const openPipe: OpenPipe = (length) =>
  length === null ? new IdentityTransformStream() : new FixedLengthStream(length);
