import {
  AccountSASPermissions,
  BlobSASPermissions,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import { BYTES, ends, type Signing, withQuery } from "./signing.ts";

/** A key of a user who delegates, with the fields that a link names it by. */
export const delegated = (key: 0 | 1) => ({
  signedOid: `${key}1111111-2222-3333-4444-555555555555`,
  signedTid: "66666666-7777-8888-9999-000000000000",
  ...{ signedStart: "2026-11-20T10:00:00Z", signedExpiry: "2026-11-21T11:00:00Z" },
  value: BYTES[key].toString("base64"),
});

/** A link of the vendor's SDK. */
export function azure(kind: "service" | "user" | "account", signing: Signing): string {
  const { bucket, name, version, at, key } = signing;
  const address = `https://acct.blob.core.windows.net/${bucket}/${name}`;
  const selected = version === null ? null : `snapshot=${version}`;
  const times = { startsOn: new Date(at), expiresOn: new Date(ends(signing) * 1000) };
  const permissions = BlobSASPermissions.parse("r");
  const account = new StorageSharedKeyCredential("acct", BYTES[key].toString("base64"));
  if (kind === "account") {
    const wish = { services: "b", resourceTypes: "o", permissions: AccountSASPermissions.parse("r"), ...times };
    return withQuery(address, selected, generateAccountSASQueryParameters(wish, account).toString());
  }
  const snapshot = version !== null && { snapshotTime: version };
  const wish = { containerName: bucket, blobName: name, permissions, ...times, ...snapshot };
  const { signedOid, signedTid, signedStart, signedExpiry, value } = delegated(key);
  const user = {
    ...{ signedObjectId: signedOid, signedTenantId: signedTid, signedService: "b", signedVersion: "2025-11-05", value },
    ...{ signedStartsOn: new Date(signedStart), signedExpiresOn: new Date(signedExpiry) },
  };
  const sas =
    kind === "user"
      ? generateBlobSASQueryParameters(wish, user, "acct")
      : generateBlobSASQueryParameters(wish, account);
  return withQuery(address, selected, sas.toString());
}
