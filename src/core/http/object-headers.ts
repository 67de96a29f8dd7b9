/** What is kept beside the bytes of a copy; most of it is served with them. Names as in HTTP; absent is `null`. */
export type ObjectHeaders = {
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly contentLanguage: string | null;
  readonly contentDisposition: string | null;
  /**
   * As the origin sent it. Kept for whoever reads the store, and never served: our links say how long they may be
   * kept.
   */
  readonly cacheControl: string | null;
  /** Strong and quoted. */
  readonly etag: string;
  /** As the origin sent it: an HTTP date. */
  readonly lastModified: string | null;
};

/** What the origin calls its bytes. Of what it does not name no browser may guess (RFC 9110 section 8.3). */
export function servedType(contentType: string | null): string {
  return contentType ?? "application/octet-stream";
}
