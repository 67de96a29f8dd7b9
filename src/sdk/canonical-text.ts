import type { LinkFields } from "./proxy-link.ts";

/**
 * What is signed: seven fields with a line break between each two, an empty one for what is absent. A prefix link signs
 * its scope, and neither hash nor url; its first line is another, so that no link for one key can pass for one for many.
 * Tags are an eighth field, of a second version.
 */
export function canonicalText({ site, hash, url, scope, exp, nbf, ip, tags }: LinkFields): string {
  const version = tags === "" ? "v1" : "v2";
  const what =
    scope === "" ? [`snapbyte-link-${version}`, site, hash, url] : [`snapbyte-prefix-${version}`, site, scope, ""];
  return [...what, exp, nbf, ip, ...(tags === "" ? [] : [tags])].join("\n");
}
