import { getSignedUrl } from "@aws-sdk/cloudfront-signer";
import { BYTES, ends, hmac, IDS, PRIVATE, SECRETS, type Signing, withQuery } from "./signing.ts";

export function cloudFront(custom: boolean, signing: Signing): string {
  const { bucket, name, version, key } = signing;
  const url = `https://${bucket}.cloudfront.net/${name}${version === null ? "" : `?size=${version}`}`;
  const dateLessThan = new Date(ends(signing) * 1000);
  const Condition = { DateLessThan: { "AWS:EpochTime": ends(signing) } };
  const policy = JSON.stringify({ Statement: [{ Resource: url, Condition }] });
  const by = { keyPairId: IDS[key], privateKey: PRIVATE[key] ?? "" };
  return custom ? getSignedUrl({ ...by, url, policy }) : getSignedUrl({ ...by, url, dateLessThan });
}

export function bunny(place: "query" | "path", signing: Signing): string {
  const { bucket, name, version, key } = signing;
  const data = version === null ? null : `width=${version}`;
  const token = hmac(SECRETS[key], `/${name}${ends(signing)}${data ?? ""}`).toString("base64url");
  const [host, expires] = [`https://${bucket}.b-cdn.net`, `expires=${ends(signing)}`];
  const fields = [`token=HS256-${token}`, data, expires].filter((field) => field !== null).join("&");
  return place === "query" ? `${host}/${name}?${fields}` : `${host}/bcdn_${fields}/${name}`;
}

export function akamai(signing: Signing): string {
  const { bucket, name, version, at, key } = signing;
  const fields = `st=${Math.floor(at / 1000)}~exp=${ends(signing)}`;
  const signature = hmac(BYTES[key], `${fields}~url=/${name}`).toString("hex");
  const size = version === null ? null : `size=${version}`;
  return withQuery(`https://${bucket}.akamaized.net/${name}`, size, `__token__=${fields}~hmac=${signature}`);
}

export function qiniu(signing: Signing): string {
  const { bucket, name, version, key } = signing;
  const size = version === null ? "" : `imageView2/2/w/${version}&`;
  const text = `https://${bucket}.example.com/${name}?${size}e=${ends(signing)}`;
  const signature = hmac(SECRETS[key], text, "sha1").toString("base64").replaceAll("+", "-").replaceAll("/", "_");
  return `${text}&token=${IDS[key]}:${signature}`;
}
