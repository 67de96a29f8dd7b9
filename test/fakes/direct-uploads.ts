import type { DirectUploads } from "../../src/ports/direct-uploads.ts";
import { UploadGone } from "../../src/ports/object-store.ts";
import type { FakeObjectStore } from "./object-store.ts";

/** A store that clients are sent to. `put` is what a client does there. */
export type FakeDirectUploads = DirectUploads & {
  put(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<string>;
};

export function fakeDirectUploads(store: FakeObjectStore): FakeDirectUploads {
  return {
    partUrl(key, upload, { number, bytes }, expiresAt) {
      return `https://store.example/${key}?upload=${upload}&part=${number}&bytes=${bytes}&until=${expiresAt}`;
    },
    async parts(key, upload) {
      const open = store.uploads.get(upload);
      if (open?.key !== key) throw new UploadGone();
      const parts = [...open.parts].map(([number, { etag, bytes }]) => ({ number, etag, bytes: bytes.length }));
      return parts.toSorted((a, b) => a.number - b.number);
    },
    async put(url, bytes) {
      const { pathname, searchParams } = new URL(url);
      if (Number(searchParams.get("bytes")) !== bytes.length) throw new Error("not the bytes that were signed for");
      const upload = store.resumeMultipart(decodeURIComponent(pathname.slice(1)), searchParams.get("upload") ?? "");
      return await upload.uploadPart(Number(searchParams.get("part")), bytes);
    },
  };
}
