import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import { dayKey, EMAILS, ends, hmac, IDS, rsa, SECRETS, type Signing, stamp, withQuery } from "./signing.ts";

// Written after the vendors' documents: their SDKs take the moment from the clock.

export async function sigV4(signing: Signing): Promise<string> {
  const { bucket, name, version, at, seconds, key, session } = signing;
  const url = new URL(`https://${bucket}.s3.amazonaws.com/${name}`);
  if (version !== null) url.searchParams.set("versionId", version);
  url.searchParams.set("X-Amz-Expires", String(seconds));
  const secret = {
    accessKeyId: IDS[key],
    secretAccessKey: SECRETS[key],
    ...(session !== null && { sessionToken: session }),
  };
  const request = {
    ...secret,
    url: url.href,
    datetime: stamp(at),
    service: "s3",
    region: "us-east-1",
    signQuery: true,
  };
  return (await new AwsV4Signer({ ...request, method: "GET" }).sign()).url.href;
}

export function sigV2(signing: Signing): string {
  const { bucket, name, version, key } = signing;
  const selected = version === null ? null : `versionId=${version}`;
  const text = `GET\n\n\n${ends(signing)}\n/${bucket}/${name}${selected === null ? "" : `?${selected}`}`;
  const signature = encodeURIComponent(hmac(SECRETS[key], text, "sha1").toString("base64"));
  const proof = [`AWSAccessKeyId=${IDS[key]}`, `Expires=${ends(signing)}`, `Signature=${signature}`];
  return withQuery(`https://${bucket}.s3.amazonaws.com/${name}`, selected, ...proof);
}

export function googleV4(kind: "RSA" | "HMAC", { bucket, name, version, at, seconds, key }: Signing): string {
  const [path, day] = [`/${bucket}/${name}`, stamp(at).slice(0, 8)];
  const scope = `${day}/auto/storage/goog4_request`;
  const query = [
    `X-Goog-Algorithm=GOOG4-${kind}-SHA256`,
    `X-Goog-Credential=${encodeURIComponent(`${kind === "RSA" ? EMAILS[key] : IDS[key]}/${scope}`)}`,
    ...[`X-Goog-Date=${stamp(at)}`, `X-Goog-Expires=${seconds}`, "X-Goog-SignedHeaders=host"],
    ...(version === null ? [] : [`generation=${version}`]),
  ].join("&");
  const request = `GET\n${path}\n${query}\nhost:storage.googleapis.com\n\nhost\nUNSIGNED-PAYLOAD`;
  const text = [`GOOG4-${kind}-SHA256`, stamp(at), scope, createHash("sha256").update(request).digest("hex")].join(
    "\n",
  );
  const secret = dayKey(`GOOG4${SECRETS[key]}`, scope);
  const signature = (kind === "RSA" ? rsa(text, key) : hmac(secret, text)).toString("hex");
  return withQuery(`https://storage.googleapis.com${path}`, query, `X-Goog-Signature=${signature}`);
}

export function googleV2(signing: Signing): string {
  const { bucket, name, version, key } = signing;
  const signature = rsa(`GET\n\n\n${ends(signing)}\n/${bucket}/${name}`, key).toString("base64");
  const proof = [`GoogleAccessId=${EMAILS[key]}`, `Expires=${ends(signing)}`];
  const selected = version === null ? null : `generation=${version}`;
  const address = `https://storage.googleapis.com/${bucket}/${name}`;
  return withQuery(address, selected, ...proof, `Signature=${encodeURIComponent(signature)}`);
}

export function ossV1(signing: Signing): string {
  const { bucket, name, version, key } = signing;
  const selected = version === null ? null : `versionId=${version}`;
  const text = `GET\n\n\n${ends(signing)}\n/${bucket}/${name}${selected === null ? "" : `?${selected}`}`;
  const signature = encodeURIComponent(hmac(SECRETS[key], text, "sha1").toString("base64"));
  const proof = [`OSSAccessKeyId=${IDS[key]}`, `Expires=${ends(signing)}`, `Signature=${signature}`];
  return withQuery(`https://${bucket}.oss-cn-hangzhou.aliyuncs.com/${name}`, selected, ...proof);
}

export function ossV4({ bucket, name, version, at, seconds, key }: Signing): string {
  const scope = `${stamp(at).slice(0, 8)}/cn-hangzhou/oss/aliyun_v4_request`;
  const query = [
    ...(version === null ? [] : [`versionId=${version}`]),
    `x-oss-credential=${encodeURIComponent(`${IDS[key]}/${scope}`)}`,
    ...[`x-oss-date=${stamp(at)}`, `x-oss-expires=${seconds}`, "x-oss-signature-version=OSS4-HMAC-SHA256"],
  ].join("&");
  const request = `GET\n/${bucket}/${name}\n${query}\n\n\nUNSIGNED-PAYLOAD`;
  const text = ["OSS4-HMAC-SHA256", stamp(at), scope, createHash("sha256").update(request).digest("hex")].join("\n");
  const secret = dayKey(`aliyun_v4${SECRETS[key]}`, scope);
  const address = `https://${bucket}.oss-cn-hangzhou.aliyuncs.com/${name}`;
  return withQuery(address, query, `x-oss-signature=${hmac(secret, text).toString("hex")}`);
}
