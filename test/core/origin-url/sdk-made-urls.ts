import { readFileSync } from "node:fs";

/** A URL made offline by a vendor's own SDK, with example keys. */
export type MadeUrl = { readonly id: string; readonly sdk: string; readonly url: string };

export const MADE_URLS: readonly MadeUrl[] = JSON.parse(
  readFileSync(new URL("sdk-made-urls.json", import.meta.url), "utf8"),
);
