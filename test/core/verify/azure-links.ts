import { createHmac } from "node:crypto";
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  BlobSASPermissions,
  type BlobSASSignatureValues,
  ContainerSASPermissions,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import type { ObjectName } from "../../../src/core/origin-url/object-name.ts";
import type { AzureKey } from "../../../src/core/verify/azure-account.ts";
import { verifyAzureSas } from "../../../src/core/verify/azure-sas.ts";
import { HOUR, MINUTE, NOON } from "../samples.ts";
import { at, signedUrl } from "./signed-samples.ts";

export const ACCOUNT = "acct";
const KEY = Buffer.alloc(64, 7).toString("base64");
const CREDENTIAL = new StorageSharedKeyCredential(ACCOUNT, KEY);

export const ACCOUNT_KEY = {
  kind: "azure-account-key",
  account: ACCOUNT,
  key: KEY,
  hosts: [],
  otherKey: Buffer.alloc(64, 9).toString("base64"),
} as const;
export const USER_KEY = {
  kind: "azure-user-delegation-key",
  account: ACCOUNT,
  signedOid: "11111111-2222-3333-4444-555555555555",
  signedTid: "66666666-7777-8888-9999-000000000000",
  signedStart: "2026-11-20T11:00:00Z",
  signedExpiry: "2026-11-21T11:00:00Z",
  value: Buffer.alloc(32, 9).toString("base64"),
  hosts: [],
} as const;

export const ORIGIN = `https://${ACCOUNT}.blob.core.windows.net`;
export const BLOB = "dir/sub/größe a+b.mp4";

/** Of every layout of the signed text, the first version, and the newest. */
export const VERSIONS = [
  "2015-04-05",
  "2018-11-09",
  "2020-02-10",
  "2020-12-06",
  "2025-07-05",
  "2026-04-06",
  "2026-10-06",
];

export type Wish = { readonly [Name in keyof BlobSASSignatureValues]?: BlobSASSignatureValues[Name] | undefined };

/** Reading and listing a whole container. */
export const CONTAINER: Wish = { blobName: undefined, permissions: ContainerSASPermissions.parse("rl") };

/** What the vendor's SDK is asked for: reading one blob, from a minute before noon for an hour. */
function values(wish: Wish): BlobSASSignatureValues {
  return {
    containerName: "media",
    blobName: BLOB,
    permissions: BlobSASPermissions.parse("r"),
    startsOn: new Date(NOON - MINUTE),
    expiresOn: new Date(NOON + HOUR),
    ...wish,
  } as BlobSASSignatureValues;
}

export function serviceSas(wish: Wish = {}): string {
  return generateBlobSASQueryParameters(values(wish), CREDENTIAL).toString();
}

export function userSas(wish: Wish = {}, key: typeof USER_KEY = USER_KEY): string {
  const delegated = {
    signedObjectId: key.signedOid,
    signedTenantId: key.signedTid,
    signedStartsOn: new Date(key.signedStart),
    signedExpiresOn: new Date(key.signedExpiry),
    signedService: "b",
    signedVersion: "2025-11-05",
    value: key.value,
  };
  return generateBlobSASQueryParameters(values(wish), delegated, ACCOUNT).toString();
}

export function accountSas(wish: { services?: string; types?: string; permissions?: string; version?: string } = {}) {
  const { services = "b", types = "o", permissions = "r", version } = wish;
  const asked = {
    services: AccountSASServices.parse(services).toString(),
    resourceTypes: AccountSASResourceTypes.parse(types).toString(),
    permissions: AccountSASPermissions.parse(permissions),
    protocol: SASProtocol.Https,
    startsOn: new Date(NOON - MINUTE),
    expiresOn: new Date(NOON + HOUR),
    ...(version && { version }),
  };
  return generateAccountSASQueryParameters(asked, CREDENTIAL).toString();
}

/** Signed by hand, for what the SDK does not write: the lines of the text that is signed. */
export function sign(lines: readonly string[], key = KEY): string {
  const signature = createHmac("sha256", Buffer.from(key, "base64")).update(lines.join("\n")).digest("base64");
  return `sig=${encodeURIComponent(signature)}`;
}

export function link(query: string, name = BLOB, origin = ORIGIN): string {
  return `${origin}/media/${name.split("/").map(encodeURIComponent).join("/")}?${query}`;
}

export function verdict(text: string, keys: readonly AzureKey[] = [ACCOUNT_KEY, USER_KEY], now = NOON) {
  const object: ObjectName = { store: "az", namespace: ACCOUNT, bucket: "media", key: "not looked at", inPath: true };
  return verifyAzureSas(signedUrl(text, text.startsWith(ORIGIN) ? object : null), keys, at(now));
}
