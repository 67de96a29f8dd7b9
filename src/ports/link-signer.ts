import type { Link } from "../core/link.ts";

/** Makes the address under which a copy is fetched. `method` is what the client will send there. */
export type LinkSigner = {
  sign(link: Link, fileName: string, method: "GET" | "HEAD"): Promise<string>;
};
