import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  BlobSASPermissions,
  type BlobSASSignatureValues,
  ContainerClient,
  ContainerSASPermissions,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import type { Form, Life, Signer } from "../links/link.ts";

export type AzurePlace = {
  /** Of the account, without a slash at its end. */
  readonly address: string;
  readonly account: string;
  /** In base64. */
  readonly key: string;
  readonly container: string;
};

type BlobSas = Omit<BlobSASSignatureValues, "containerName" | "blobName" | "startsOn" | "expiresOn">;

const READ = { permissions: BlobSASPermissions.parse("r") };
/** Before it, the string to sign had no field for an encryption scope. */
const OLD_VERSION = "2019-12-12";

/** Signs SAS links of the blobs of a container, by the vendor's SDK. */
export function azureSigner(place: AzurePlace): Signer {
  const wrongKey = { ...place, key: Buffer.from("a key that was rotated away").toString("base64") };
  const presented = { ...READ, contentType: "text/plain", contentDisposition: 'attachment; filename="a b.txt"' };
  return {
    expiry: ["se"],
    signature: ["sig"],
    forms: [
      ofBlob("a blob's SAS", place, READ),
      ofContainer("a container's SAS", place, "rl"),
      ofAccount("an account's SAS", place, "b", "o"),
      ofBlob("a blob's SAS with a type and a disposition", place, presented),
      ofBlob("a blob's SAS of an old version", place, { ...READ, version: OLD_VERSION }),
      ofAccount("an account's SAS for everything", place, "bqtf", "sco"),
      ofBlob("a blob's SAS for both protocols", place, { ...READ, protocol: SASProtocol.HttpsAndHttp }),
    ],
    foreign: [
      ofBlob("a blob's SAS by another key", wrongKey, READ),
      ofAccount("an account's SAS by another key", wrongKey, "b", "o"),
      ofBlob("a blob's SAS that is no right to read", place, { permissions: BlobSASPermissions.parse("cw") }),
      ofContainer("a container's SAS for listing", place, "l"),
      ofAccount("an account's SAS for queues", place, "q", "o"),
      ofAccount("an account's SAS for containers alone", place, "b", "c"),
      ofBlob("a blob's SAS for https", place, { ...READ, protocol: SASProtocol.Https }),
      ofContainer("a container's SAS for another", { ...place, container: "others" }, "r", place.container),
    ],
  };
}

function ofBlob(name: string, place: AzurePlace, values: BlobSas): Form {
  return form(name, place, (key, life) =>
    generateBlobSASQueryParameters(
      { ...values, ...dates(life), containerName: place.container, blobName: key },
      owner(place),
    ).toString(),
  );
}

function ofContainer(name: string, place: AzurePlace, rights: string, shownFor = place.container): Form {
  const permissions = ContainerSASPermissions.parse(rights);
  return form(name, { ...place, container: shownFor }, (_, life) =>
    generateBlobSASQueryParameters(
      { permissions, ...dates(life), containerName: place.container },
      owner(place),
    ).toString(),
  );
}

function ofAccount(name: string, place: AzurePlace, services: string, resourceTypes: string): Form {
  const values = {
    permissions: AccountSASPermissions.parse("r"),
    services: AccountSASServices.parse(services).toString(),
    resourceTypes: AccountSASResourceTypes.parse(resourceTypes).toString(),
  };
  return form(name, place, (_, life) =>
    generateAccountSASQueryParameters({ ...values, ...dates(life) }, owner(place)).toString(),
  );
}

function form(name: string, { address, container }: AzurePlace, query: (key: string, life: Life) => string): Form {
  const folder = new ContainerClient(`${address}/${container}`);
  const sign = async (key: string, life: Life) => `${folder.getBlobClient(key).url}?${query(key, life)}`;
  return { name, startsLater: true, sign };
}

function owner({ account, key }: AzurePlace): StorageSharedKeyCredential {
  return new StorageSharedKeyCredential(account, key);
}

function dates({ from, until }: Life) {
  return { startsOn: new Date(from), expiresOn: new Date(until) };
}
