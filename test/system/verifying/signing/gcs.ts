import { type GetSignedUrlConfig, Storage } from "@google-cloud/storage";
import { vi } from "vitest";
import type { Form, Life, Signer } from "../links/link.ts";
import { byHmac, type GcsHmacKey } from "./gcs-hmac.ts";

export type ServiceAccount = {
  readonly email: string;
  /** PEM. */
  readonly privateKey: string;
};

export type GcsPlace = { readonly address: string; readonly bucket: string };
export type GcsKeys = {
  readonly account: ServiceAccount;
  readonly stranger: ServiceAccount;
  readonly hmac: GcsHmacKey;
};

/** Signs links of the objects of a bucket: V4 and V2 by the vendor's SDK, offline, and V4 by an HMAC key. */
export function gcsSigner(place: GcsPlace, { account, stranger, hmac }: GcsKeys): Signer {
  const { address, bucket } = place;
  const v4 = { version: "v4", action: "read" } as const;
  const v2 = { version: "v2", action: "read" } as const;
  const inDisguise = { ...stranger, email: account.email };
  return {
    expiry: ["X-Goog-Expires", "Expires"],
    signature: ["X-Goog-Signature", "Signature"],
    forms: [
      bySdk("a V4 link", place, account, v4),
      byHmac("a V4 link by an HMAC key", address, bucket, hmac),
      bySdk("a V2 link", place, account, v2),
      bySdk("a V4 link with a disposition", place, account, { ...v4, promptSaveAs: "a b.txt" }),
    ],
    foreign: [
      bySdk("a V4 link by another key", place, inDisguise, v4),
      bySdk("a V4 link by an unknown account", place, stranger, v4),
      bySdk("a V2 link by another key", place, inDisguise, v2),
      bySdk("a V2 link by an unknown account", place, stranger, v2),
      byHmac("a V4 link by another HMAC secret", address, bucket, { ...hmac, secret: `${hmac.secret}-of-yesterday` }),
      byHmac("a V4 link by an unknown HMAC key", address, bucket, { ...hmac, accessId: "GOOGNOBODY" }),
      bySdk("a V4 link for uploads", place, account, { ...v4, action: "write" }),
      bySdk("a V2 link for uploads", place, account, { ...v2, action: "write" }),
    ],
  };
}

type Options = Omit<GetSignedUrlConfig, "expires" | "accessibleAt">;

function bySdk(
  name: string,
  { address, bucket }: GcsPlace,
  { email, privateKey }: ServiceAccount,
  options: Options,
): Form {
  const credentials = { client_email: email, private_key: privateKey };
  const folder = quietly(() => new Storage({ apiEndpoint: address, projectId: "none", credentials })).bucket(bucket);
  return {
    name,
    startsLater: options.version === "v4",
    async sign(key, { from, until }) {
      const config = { ...options, accessibleAt: from, expires: until };
      const [url] = await atTime(from, () => folder.file(key).getSignedUrl(config));
      return url;
    },
  };
}

/** The SDK warns of every key that was not found by itself. */
function quietly<Made>(make: () => Made): Made {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  try {
    return make();
  } finally {
    warn.mockRestore();
  }
}

/**
 * Begins something at another time: the SDK refuses, at once, to sign what has expired. The clock is right again before
 * anything else of this process, the stack's database for one, looks at it.
 */
function atTime<Begun>(time: Life["from"], begin: () => Begun): Begun {
  vi.useFakeTimers({ toFake: ["Date"], now: time });
  try {
    return begin();
  } finally {
    vi.useRealTimers();
  }
}
