import { epochSeconds } from "../moments.ts";
import { allOf, headerBinding, type Reading } from "../scheme.ts";
import type { UrlFacts } from "../url-facts.ts";
import { needed } from "./claims.ts";

const TOKEN = "edge-cache-token";

export function detectGoogleCdn(url: UrlFacts): boolean {
  return url.has(TOKEN) || allOf("keyname", "signature")(url);
}

/** As three parameters, or all in one token: `&` between its fields in signed URLs, `~` in Media CDN's tokens. */
export function readGoogleCdn(url: UrlFacts): Reading {
  if (!url.has(TOKEN)) {
    return {
      malformed: !url.value("keyname") || !url.value("signature"),
      ends: [needed(epochSeconds(url.value("expires")))],
    };
  }
  const fields = (url.value(TOKEN) ?? "").split(/[&~]/).map((field) => field.split(/=(.*)/s));
  const values = (name: string) => fields.filter(([given]) => given === name).map(([, value = ""]) => value);
  const [expires, another] = values("Expires");
  const proofs = [...values("Signature"), ...values("hmac")];
  return {
    // A second token is still in the path, and would stand in the identity.
    malformed: proofs.length !== 1 || another !== undefined || url.path.includes(`/${TOKEN}=`) || url.has("signature"),
    starts: values("Starts").map(epochSeconds),
    ends: [expires === undefined ? "unreadable" : epochSeconds(expires)],
    bindings: [
      ...(values("IPRanges").length > 0 ? ["ip" as const] : []),
      ...values("Headers").flatMap((list) => headerBinding(list.replaceAll(",", ";"))),
    ],
  };
}
