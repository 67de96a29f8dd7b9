import { epochSeconds } from "../moments.ts";
import { always, everything, keyWith, type Reading, type Scheme, scheme } from "../scheme.ts";
import type { UrlFacts } from "../url-facts.ts";
import { decodeJson, field, secondsOf } from "./claims.ts";

/** Amazon CloudFront, at its own hosts and at any CNAME. */
export const CLOUDFRONT_SCHEMES: readonly Scheme[] = [
  scheme({
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
    id: "cloudfront",
    detect: keyWith("key-pair-id", "signature", "policy", "expires"),
    generic: always,
    hosts: /\.cloudfront\.net$|\.hf\.co$|^cdn-lfs[a-z0-9-]*\.huggingface\.co$/,
    required: ["key-pair-id", "signature"],
    credential: ["expires", "policy", "signature", "key-pair-id", "hash-algorithm"],
    covers: (url) => (url.has("policy") ? fixedBy(readPolicy(url)?.resource ?? "*") : everything()),
    read,
  }),
];

type Policy = { readonly resource: string; readonly reading: Reading };

function read(url: UrlFacts): Reading {
  const ends = [epochSeconds(url.value("expires"))];
  if (!url.has("policy")) return { malformed: !url.has("expires"), ends };
  const policy = readPolicy(url);
  if (!policy) return { malformed: true, ends };
  return { ...policy.reading, ends: [...ends, ...(policy.reading.ends ?? [])] };
}

/** The policy in CloudFront's base64, which has `-_~` for `+=/`: one statement; `null` when it is none. */
function readPolicy({ value }: UrlFacts): Policy | null {
  const base64 = (value("policy") ?? "").replace(/_+$/, "").replaceAll("~", "_");
  const statements = field(decodeJson(base64), "Statement");
  const statement: unknown = Array.isArray(statements) && statements.length === 1 ? statements[0] : null;
  const condition = field(statement, "Condition");
  const end = secondsOf(field(field(condition, "DateLessThan"), "AWS:EpochTime"));
  if (end === null) return null;
  const later = field(condition, "DateGreaterThan");
  const address = field(condition, "IpAddress");
  const resource = field(statement, "Resource");
  return {
    // Without a resource it is about every file of the distribution.
    resource: typeof resource === "string" ? resource : "*",
    reading: {
      starts: later === undefined ? [] : [secondsOf(field(later, "AWS:EpochTime")) ?? "unreadable"],
      ends: [end],
      bindings: address === undefined || field(address, "AWS:SourceIp") === "0.0.0.0/0" ? [] : ["ip"],
    },
  };
}

/** Which parameters a policy's resource fixes: those that it spells out. `*` stands for any text, other parameters too. */
function fixedBy(resource: string): ReturnType<Scheme["covers"]> {
  if (!resource.includes("*")) return () => true;
  const at = resource.indexOf("?");
  const spelled = new Set(at < 0 ? [] : resource.slice(at + 1).split("&"));
  return ({ raw }) => !raw.includes("*") && spelled.has(raw);
}
