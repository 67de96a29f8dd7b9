import { epochSeconds } from "../moments.ts";
import { anyOf, headerBinding, keyWith, listed, type Reading, type Scheme, scheme } from "../scheme.ts";
import { sigV4Life } from "../sigv4-expiry.ts";
import type { UrlFacts } from "../url-facts.ts";
import { S3_OVERRIDES, S3_SUB_RESOURCES } from "./s3-language.ts";
import { SKEW_MS } from "./sigv4.ts";

const HOSTS = /(?:^|\.)oss-[a-z0-9-]+\.aliyuncs\.com$/;
/** Who may use the link: an address, a network or a virtual private cloud. */
const CLIENTS = ["x-oss-ac-source-ip", "x-oss-ac-subnet-mask", "x-oss-ac-vpc-id", "x-oss-ac-forward-allow"];
const SELECT = /^(?:versionid|x-oss-process|style|stylename|img)$/;

/** Alibaba Cloud OSS. */
export const ALIYUN_SCHEMES: readonly Scheme[] = [
  scheme({
    // https://www.alibabacloud.com/help/doc-detail/31952.htm
    id: "oss-v1",
    detect: keyWith("ossaccesskeyid", "signature", "expires"),
    hosts: HOSTS,
    required: ["ossaccesskeyid", "expires", "signature"],
    credential: ["ossaccesskeyid", "expires", "signature", "security-token", "x-oss-traffic-limit", ...CLIENTS],
    select: SELECT,
    present: S3_OVERRIDES,
    covers: listed(/^x-oss-/, "versionid", "style", "stylename", "img", ...S3_SUB_RESOURCES, ...S3_OVERRIDES),
    uncovered: "ignored",
    subResources: S3_SUB_RESOURCES,
    read: (url) => ({ ends: [epochSeconds(url.value("expires"))], bindings: addresses(url) }),
  }),
  scheme({
    // https://www.alibabacloud.com/help/en/oss/developer-reference/add-signatures-to-urls, and the older OSS2
    id: "oss-v4",
    detect: anyOf(
      ...["x-oss-signature-version", "x-oss-signature", "x-oss-credential", "x-oss-date", "x-oss-expires"],
      "x-oss-access-key-id",
    ),
    hosts: HOSTS,
    required: ["x-oss-signature-version", "x-oss-signature", "x-oss-expires"],
    credential: [
      ...["x-oss-signature-version", "x-oss-credential", "x-oss-date", "x-oss-expires", "x-oss-signature"],
      ...["x-oss-security-token", "x-oss-additional-headers", "x-oss-access-key-id", "x-oss-traffic-limit", ...CLIENTS],
    ],
    select: SELECT,
    present: S3_OVERRIDES,
    subResources: S3_SUB_RESOURCES,
    read: (url) => ({
      ...(url.value("x-oss-signature-version") === "OSS2" ? readSecond(url) : readFourth(url)),
      bindings: [...headerBinding(url.value("x-oss-additional-headers")), ...addresses(url)],
    }),
  }),
];

function readFourth({ value }: UrlFacts): Reading {
  const { start, end } = sigV4Life(value("x-oss-date"), value("x-oss-expires"));
  const scope = /^.+\/\d{8}\/[^/]+\/oss\/aliyun_v4_request$/;
  return {
    malformed: value("x-oss-signature-version") !== "OSS4-HMAC-SHA256" || !scope.test(value("x-oss-credential") ?? ""),
    starts: [start === null ? "unreadable" : start - SKEW_MS],
    ends: [end ?? "unreadable"],
  };
}

function readSecond({ value }: UrlFacts): Reading {
  return { malformed: !value("x-oss-access-key-id"), ends: [epochSeconds(value("x-oss-expires"))] };
}

function addresses({ has }: UrlFacts): readonly "ip"[] {
  return CLIENTS.some(has) ? ["ip"] : [];
}
