import { epochSeconds, isoTime, type Moment } from "../moments.ts";
import { decodeLeniently } from "../raw-url.ts";
import { always, anyOf, headerBinding, keyWith, listed, type Reading, type Scheme, scheme } from "../scheme.ts";
import type { UrlFacts } from "../url-facts.ts";
import { needed } from "./claims.ts";
import { S3_OVERRIDES, S3_SUB_RESOURCES } from "./s3-language.ts";
import { sigV4 } from "./sigv4.ts";

/** Huawei Cloud OBS, which also takes Amazon's name for a key. */
export const HUAWEI = /(?:^|\.)obs\.[a-z0-9-]+\.myhuaweicloud\.(?:com|eu)$/;

const COS_CREDENTIAL = [
  ...["q-sign-algorithm", "q-ak", "q-sign-time", "q-key-time", "q-header-list", "q-url-param-list", "q-signature"],
];

/** Stores of Tencent, Huawei, Volcengine, Baidu and Kingsoft. */
export const CHINA_SCHEMES: readonly Scheme[] = [
  scheme({
    // https://www.tencentcloud.com/document/product/436/7778
    id: "cos",
    detect: anyOf(...COS_CREDENTIAL),
    hosts: /\.(?:myqcloud\.com|tencentcos\.cn)$/,
    required: ["q-sign-algorithm", "q-ak", "q-sign-time", "q-key-time", "q-signature"],
    credential: [...COS_CREDENTIAL, "x-cos-security-token"],
    // The names of its image processing are their own values: `imageMogr2/thumbnail/200x`.
    select: /^(?:versionid$|ci-process$|imagemogr2|imageview2|imageinfo|imageave|watermark|exif)/,
    present: S3_OVERRIDES,
    covers: (url) => listed(...cosList(url))(url),
    uncovered: "ignored",
    subResources: S3_SUB_RESOURCES,
    read: readCos,
  }),
  scheme({
    // https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0011.html
    id: "obs",
    detect: (url) => keyWith("accesskeyid", "signature")(url) || (HUAWEI.test(url.raw.host) && namesHuaweiKey(url)),
    generic: always,
    hosts: HUAWEI,
    required: ["expires", "signature"],
    credential: ["accesskeyid", "awsaccesskeyid", "expires", "signature", "x-obs-security-token", "x-obs-date"],
    select: /^(?:versionid|x-image-process)$/,
    present: S3_OVERRIDES,
    covers: listed(/^x-obs-/, "versionid", "x-image-process", ...S3_SUB_RESOURCES, ...S3_OVERRIDES),
    uncovered: "ignored",
    subResources: S3_SUB_RESOURCES,
    read: ({ has, value }) => ({
      malformed: has("accesskeyid") === has("awsaccesskeyid"),
      ends: [epochSeconds(value("expires"))],
    }),
  }),
  scheme({
    // Volcengine, SDK 2.x: SigV4 under names of its own.
    id: "tos",
    ...sigV4("x-tos-", { algorithm: /^TOS4-HMAC-SHA256$/, scope: /^.+\/\d{8}\/[^/]+\/tos\/request$/ }),
    hosts: /(?:^|\.)tos-[a-z0-9-]+\.(?:volces|ivolces)\.com$/,
    credential: [
      ...["x-tos-algorithm", "x-tos-content-sha256", "x-tos-credential", "x-tos-date", "x-tos-expires"],
      ...["x-tos-signedheaders", "x-tos-signature", "x-tos-security-token"],
    ],
    select: /^(?:versionid|x-tos-process)$/,
    present: S3_OVERRIDES,
    subResources: S3_SUB_RESOURCES,
  }),
  scheme({
    // Baidu: bce-auth-v1/ACCESS_KEY/START/SECONDS/HEADERS/SIGNATURE in one parameter.
    id: "bos",
    detect: ({ value }) => /^bce-auth-v\d\//.test(value("authorization") ?? ""),
    hosts: /(?:^|\.)bcebos\.com$/,
    required: ["authorization"],
    credential: ["authorization", "x-bce-security-token"],
    present: [
      ...["responsecontentdisposition", "responsecontenttype", "responsecachecontrol", "responseexpires"],
      ...["responsecontentlanguage", "responsecontentencoding"],
    ],
    subResources: S3_SUB_RESOURCES,
    read: readBos,
  }),
  scheme({
    // Kingsoft KS3: the manner of SigV2. Its server's list of signed parameters was not read, so that of S3 stands in.
    id: "ks3",
    detect: keyWith("kssaccesskeyid", "signature", "expires"),
    hosts: /(?:^|\.)(?:ksyun|ksyuncs)\.com$/,
    required: ["kssaccesskeyid", "expires", "signature"],
    credential: ["kssaccesskeyid", "expires", "signature"],
    present: S3_OVERRIDES,
    covers: listed("versionid", ...S3_SUB_RESOURCES, ...S3_OVERRIDES),
    subResources: S3_SUB_RESOURCES,
    read: ({ value }) => ({ ends: [epochSeconds(value("expires"))] }),
  }),
];

function namesHuaweiKey(url: UrlFacts): boolean {
  return keyWith("awsaccesskeyid", "signature", "expires")(url) || keyWith("accesskeyid", "expires")(url);
}

/** Names in the list are in lower case, and percent-encoded once more than the list is. */
function cosList({ value }: UrlFacts): readonly string[] {
  const names = (value("q-url-param-list") ?? "").split(";").map((name) => decodeLeniently(name).toLowerCase());
  return names.filter((name) => name !== "");
}

function readCos({ has, value }: UrlFacts): Reading {
  const windows = ["q-sign-time", "q-key-time"].map((name) => /^(\d+);(\d+)$/.exec(value(name) ?? ""));
  const times = (index: 1 | 2): Moment[] =>
    windows.map((window) => needed(window && epochSeconds(window[index] ?? "")));
  return {
    malformed: value("q-sign-algorithm") !== "sha1" || !has("q-header-list") || !has("q-url-param-list"),
    starts: times(1),
    ends: times(2),
    bindings: headerBinding(value("q-header-list")),
  };
}

function readBos({ value }: UrlFacts): Reading {
  const [, start = "", life = "", headers = ""] =
    /^bce-auth-v1\/[^/]+\/([^/]+)\/(-1|\d{1,10})\/([^/]*)\/[0-9a-f]+$/.exec(value("authorization") ?? "") ?? [];
  const begins = isoTime(start);
  if (typeof begins !== "number") return { malformed: true };
  return {
    starts: [begins],
    // -1: for ever.
    ends: [life === "-1" ? null : begins + Number(life) * 1000],
    bindings: headerBinding(headers),
  };
}
