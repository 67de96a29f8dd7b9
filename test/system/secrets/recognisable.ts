import { noteSignature } from "../stack/signatures.ts";

let made = 0;

/** A secret that nothing else in the world looks like; noted. `extra`: more characters, such as those of base64. */
export function recognisable(what: string, extra = ""): string {
  made += 1;
  const text = `RECOGNISABLE${what}${String(made).padStart(4, "0")}${extra}`;
  noteSignature(text);
  return text;
}

/** The same in an alphabet of its own. */
export function recognisableHex(digits: number): string {
  made += 1;
  const text = `c0ffee${String(made).padStart(4, "0")}5eaf00d`.repeat(digits).slice(0, digits);
  noteSignature(text);
  return text;
}

export function recognisableBase64(bytes: number): string {
  made += 1;
  const text = Buffer.from(`RECOGNISABLE ${made} `.repeat(bytes).slice(0, bytes)).toString("base64");
  noteSignature(text);
  return text;
}

/**
 * The query of a signed URL in the manner of many providers, each with secrets of its own. Those of no provider that we
 * know have names that give them away; what does not, nobody could tell from a page number.
 */
export function signedQueries(): readonly string[] {
  const base64 = () => encodeURIComponent(recognisable("base64", "+/c2ln/bmF0dXJl+=="));
  const end = "2030-01-01T00%3A00%3A00Z";
  return [
    `sv=2025-01-05&se=${end}&sr=b&sp=r&sig=${base64()}`,
    `sv=2025-01-05&ss=b&srt=o&se=${end}&sp=r&sig=${base64()}`,
    `GoogleAccessId=robot%40project.example&Expires=1893456000&Signature=${base64()}`,
    `AWSAccessKeyId=AKIAEXAMPLE&Expires=1893456000&Signature=${base64()}`,
    `OSSAccessKeyId=example&Expires=1893456000&Signature=${base64()}&security-token=${recognisable("sts")}`,
    `Expires=1893456000&Key-Pair-Id=K2EXAMPLE&Signature=${recognisable("cloudfront", "~-__")}`,
    `Policy=${recognisable("policy")}&Key-Pair-Id=K2EXAMPLE&Signature=${recognisable("cloudfront", "~-__")}`,
    `e=1893456000&token=example:${recognisable("qiniu", "-_")}`,
    `token=${recognisable("bunny")}&expires=1893456000`,
    `hdnts=${encodeURIComponent(`exp=1893456000~acl=/*~hmac=${recognisableHex(64)}`)}`,
    `q-sign-algorithm=sha1&q-ak=AKIDEXAMPLE&q-sign-time=1%3B1893456000&q-key-time=1%3B1893456000&q-header-list=host&q-url-param-list=&q-signature=${recognisableHex(40)}`,
    `temp_url_sig=${recognisableHex(40)}&temp_url_expires=1893456000`,
    `sig=${recognisable("bare")}`,
    `page=1&auth_token=${recognisable("token")}&hmac=${recognisable("hmac")}&password=${recognisable("password")}`,
    `X%2DAmz-Signature=${recognisableHex(64)}`,
    `next=${encodeURIComponent(`https://b.example/x?sig=${recognisable("nested")}`)}`,
  ];
}

/** Verification material of every kind that holds a secret, as `POST /verification-keys` takes it. */
export function materials(): readonly Readonly<Record<string, unknown>>[] {
  return [
    { kind: "s3_secret", access_key_id: "AKIARECOGNISABLE", secret_access_key: recognisable("s3", "/+secret") },
    { kind: "s3_day_key", access_key_id: "AKIADAY", date: today(), region: "eu-west-1", key: recognisableHex(64) },
    { kind: "gcs_hmac", access_id: "GOOGEXAMPLE", secret: recognisable("gcs") },
    { kind: "azure_account_key", account: "snapbytemedia", key: recognisableBase64(64) },
    { kind: "oss_secret", access_key_id: "LTAIEXAMPLE", access_key_secret: recognisable("oss") },
    { kind: "bunny", hosts: ["media.example.com"], security_key: recognisable("bunnykey") },
    { kind: "akamai", hosts: ["akamai.example.com"], key: recognisableHex(64) },
    { kind: "qiniu", access_key: "qiniu-example", secret_key: recognisable("qiniukey") },
  ];
}

/** `YYYYMMDD`: a day key is good for a week from its day. */
function today(): string {
  return new Date().toISOString().slice(0, 10).replaceAll("-", "");
}
