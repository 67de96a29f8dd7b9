import { inject } from "vitest";
import { digestStreamHash } from "../../src/platform/cloudflare/digest-stream-hash.ts";
import { s3DirectUploads } from "../../src/platform/s3/direct-uploads.ts";
import { s3ObjectStore } from "../../src/platform/s3/s3-object-store.ts";
import { directUploadsContract } from "./direct-uploads.contract.ts";

const { s3 } = inject("services");

directUploadsContract("S3 that checks signatures", () => ({
  direct: s3DirectUploads(s3, Date),
  store: s3ObjectStore(s3, digestStreamHash),
  async put(url, body) {
    const response = await fetch(url, { method: "PUT", body });
    await response.body?.cancel();
    return response.ok ? (response.headers.get("ETag") ?? "").replaceAll('"', "") : null;
  },
}));
