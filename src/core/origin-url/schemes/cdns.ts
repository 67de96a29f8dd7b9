import { epochSeconds } from "../moments.ts";
import { always, everything, nothing, type Scheme, scheme } from "../scheme.ts";
import { AKAMAI_NAMES, AKAMAI_TOKEN, isForeignName, readAkamai } from "./akamai.ts";
import { detectBunny, readBunny } from "./bunny.ts";
import { detectGoogleCdn, readGoogleCdn } from "./google-cdn.ts";

/** Content delivery networks, CloudFront apart: the object behind them may be anything, so every other parameter counts. */
export const CDN_SCHEMES: readonly Scheme[] = [
  scheme({
    // Qiniu: the whole URL up to `&token=` is signed; an access key, and a SHA-1 HMAC in base64url.
    id: "qiniu",
    detect: ({ value }) => /^[\w-]+:[\w-]{27}=?$/.test(value("token") ?? "") && /^\d+$/.test(value("e") ?? ""),
    generic: always,
    required: ["e", "token"],
    credential: ["e", "token"],
    present: ["attname"],
    covers: ({ parameters }) => {
      const end = parameters.findIndex(({ name }) => name === "token");
      return (parameter) => parameters.indexOf(parameter) <= end;
    },
    read: ({ value }) => ({ ends: [epochSeconds(value("e"))] }),
  }),
  scheme({
    // https://github.com/BunnyWay/BunnyCDN.TokenAuthentication
    id: "bunny",
    detect: detectBunny,
    generic: always,
    hosts: /\.b-cdn\.net$/,
    required: ["expires"],
    credential: [
      ...["token", "bcdn_token", "expires", "token_path", "token_countries", "token_countries_blocked"],
      ...["token_ignore_params", "limit"],
    ],
    covers: (url) => (url.value("token_ignore_params") === "true" ? nothing : everything)(),
    read: readBunny,
  }),
  scheme({
    // https://github.com/akamai/EdgeAuth-Token-Node: under whichever name, told by the value; the query is not signed.
    id: "akamai",
    detect: ({ parameters }) => parameters.some(({ value }) => value.includes("~") && AKAMAI_TOKEN.test(value)),
    generic: isForeignName,
    hosts: /\.(?:akamaized\.net|akamaihd\.net|akamai\.net|edgesuite\.net|edgekey\.net)$/,
    credential: AKAMAI_NAMES,
    credentialValue: AKAMAI_TOKEN,
    covers: nothing,
    read: readAkamai,
  }),
  scheme({
    // https://cloud.google.com/cdn/docs/using-signed-urls, https://cloud.google.com/media-cdn/docs/generate-signatures
    id: "cloud-cdn",
    detect: detectGoogleCdn,
    generic: always,
    credential: ["expires", "keyname", "signature", "urlprefix", "edge-cache-token"],
    covers: ({ has }) => (has("urlprefix") || has("edge-cache-token") ? nothing : everything)(),
    read: readGoogleCdn,
  }),
  scheme({
    // Cloudflare Images: https://developers.cloudflare.com/images/manage-images/serve-images/serve-private-images/
    id: "cloudflare-images",
    detect: ({ raw, has }) => raw.host === "imagedelivery.net" && has("sig"),
    hosts: /^imagedelivery\.net$/,
    required: ["sig"],
    credential: ["exp", "sig"],
    read: ({ value }) => ({ ends: [epochSeconds(value("exp"))] }),
  }),
  scheme({
    // https://docs.imgix.com/en-US/getting-started/setup/securing-assets
    id: "imgix",
    detect: ({ raw, value }) => /\.imgix\.net$/.test(raw.host) && /^[0-9a-f]{32}$/.test(value("s") ?? ""),
    hosts: /\.imgix\.net$/,
    required: ["s"],
    credential: ["s", "expires"],
    read: ({ value }) => ({ ends: [epochSeconds(value("expires"))] }),
  }),
  scheme({
    // https://imagekit.io/docs/media-delivery-basic-security
    id: "imagekit",
    detect: ({ has }) => has("ik-s"),
    hosts: /^ik\.imagekit\.io$/,
    required: ["ik-s"],
    credential: ["ik-s", "ik-t"],
    read: ({ value }) => ({ ends: [epochSeconds(value("ik-t"))] }),
  }),
  scheme({
    // https://nginx.org/en/docs/http/ngx_http_secure_link_module.html, in the form of its example
    id: "nginx-secure-link",
    detect: ({ value }) => /^[\w-]{22}$/.test(value("md5") ?? "") && /^\d+$/.test(value("expires") ?? ""),
    generic: always,
    required: ["md5", "expires"],
    credential: ["md5", "expires"],
    covers: nothing,
    read: ({ value }) => ({ ends: [epochSeconds(value("expires"))] }),
  }),
  scheme({
    // UPYUN: eight hex digits of an MD5, and the seconds of its end.
    id: "upyun",
    detect: ({ value }) => /^[0-9a-f]{8}\d{10}$/.test(value("_upt") ?? ""),
    hosts: /\.(?:upaiyun|upcdn)\.com$/,
    required: ["_upt"],
    credential: ["_upt"],
    covers: nothing,
    read: ({ value }) => ({ ends: [epochSeconds((value("_upt") ?? "").slice(8))] }),
  }),
];
