import type { Link } from "../core/link.ts";

/** Makes the address under which a copy is fetched. `method` is what the client will send there. */
export type LinkSigner = {
  sign(link: Link, fileName: string, method: "GET" | "HEAD"): Promise<string>;
  /**
   * Where addresses bear the moment at which they were signed: all that does not depend on it is done once, and each call
   * of the result is a new address, signed at `now` (ms since the epoch), without a wait. `null`: this link's bears none.
   */
  readonly prepare?: (link: Link, fileName: string, method: "GET" | "HEAD") => ((now: number) => string) | null;
};
