import { inject } from "vitest";
import { digestStreamHash } from "../../src/platform/cloudflare/digest-stream-hash.ts";
import { s3ObjectStore } from "../../src/platform/s3/s3-object-store.ts";
import { objectStoreContract } from "./object-store.contract.ts";

objectStoreContract("S3 over HTTP", () => s3ObjectStore(inject("services").s3, digestStreamHash));
