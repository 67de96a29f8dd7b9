/** Request fields of one piece. */
export type Piece = Readonly<Record<string, string>>;

export type Fetched = {
  /** The name of what went wrong. */
  readonly error: string | null;
  readonly statuses: readonly number[];
  /** All that the last answer lets the script see. */
  readonly fields: Readonly<Record<string, string>>;
  /** Of all bodies, one behind the other, in hex; empty where the page may not reckon it. */
  readonly sha256: string;
};

/** Runs in a page: fetches a link once for each piece. It knows nothing but its argument. */
export async function fetchInPieces(wish: {
  readonly link: string;
  readonly wanted: readonly Piece[];
}): Promise<Fetched> {
  const statuses: number[] = [];
  const bodies: Blob[] = [];
  let fields: Record<string, string> = {};
  try {
    for (const headers of wish.wanted) {
      const response = await fetch(wish.link, { headers });
      statuses.push(response.status);
      fields = Object.fromEntries(response.headers);
      bodies.push(await response.blob());
    }
  } catch (error) {
    return { error: (error as Error).name, statuses, fields, sha256: "" };
  }
  const digest = await crypto.subtle.digest("SHA-256", await new Blob(bodies).arrayBuffer());
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { error: null, statuses, fields, sha256 };
}
