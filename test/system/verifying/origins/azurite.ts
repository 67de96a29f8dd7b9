import { createRequire } from "node:module";
import { ContainerClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { azureSigner } from "../signing/azure.ts";
import { openDoor } from "./door.ts";
import { OBJECTS } from "./objects.ts";
import type { VerifyingOrigin } from "./verifying-origin.ts";

const ACCOUNT = "verifying";
const CONTAINER = "files";
const KEY = Buffer.from("the key of a storage account that no network knows").toString("base64");
/** Nothing is signed with it. Without it, what the first key did not sign would have to be asked of the origin. */
const OTHER_KEY = Buffer.from("the second key of the same account, as Azure has it").toString("base64");

/** Starts Azurite's blob service in this process, in memory and without telemetry, and fills a container. */
export async function azuriteOrigin(): Promise<VerifyingOrigin> {
  // Where Azurite looks for its accounts.
  process.env.AZURITE_ACCOUNTS = `${ACCOUNT}:${KEY}`;
  const server = blobServer();
  await server.start();
  const { port } = new URL(server.getHttpServerAddress());
  const place = { account: ACCOUNT, key: KEY, container: CONTAINER };
  // An emulator is asked by an address, and so names the account in the path.
  await fill(`http://127.0.0.1:${port}/${ACCOUNT}/${CONTAINER}`);
  return {
    openDoor: () => openDoor(Number(port)),
    signer: (door) => azureSigner({ ...place, address: `${door.url}/${ACCOUNT}` }),
    material: [{ kind: "azure-account-key", account: ACCOUNT, key: KEY, otherKey: OTHER_KEY, hosts: [] }],
    differences: [],
    stop: () => server.close(),
  };
}

async function fill(address: string): Promise<void> {
  const container = new ContainerClient(address, new StorageSharedKeyCredential(ACCOUNT, KEY));
  await container.create();
  for (const [key, text] of OBJECTS) {
    await container.getBlockBlobClient(key).upload(text, Buffer.byteLength(text));
  }
}

type BlobServer = { start(): Promise<void>; close(): Promise<void>; getHttpServerAddress(): string };

/** Azurite's package has no entry but its command, and no types. */
function blobServer(): BlobServer {
  const load = createRequire(import.meta.url);
  const { default: Server } = load("azurite/dist/src/blob/BlobServer.js");
  const { default: Configuration } = load("azurite/dist/src/blob/BlobConfiguration.js");
  const options = { skipApiVersionCheck: true, isMemoryPersistence: true, enableAccessLog: false };
  return new Server(Object.assign(new Configuration("127.0.0.1", 0), options));
}
