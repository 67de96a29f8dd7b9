import type { LinkFields } from "./proxy-link.ts";

/**
 * What is signed: seven fields with a line break between each two, an empty one for what is absent. A prefix link signs
 * its scope, and neither hash nor url; its first line is another, so that no link for one key can pass for one for many.
 */
export function canonicalText({ site, hash, url, scope, exp, nbf, ip }: LinkFields): string {
  const what = scope === "" ? ["snapbyte-link-v1", site, hash, url] : ["snapbyte-prefix-v1", site, scope, ""];
  return [...what, exp, nbf, ip].join("\n");
}
