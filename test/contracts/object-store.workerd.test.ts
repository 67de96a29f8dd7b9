import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { r2ObjectStore } from "../../src/platform/cloudflare/r2-object-store.ts";
import { ChecksumRefused } from "../../src/ports/object-store.ts";
import { BARE, HELLO, newObjectKey, objectStoreContract, utf8 } from "./object-store.contract.ts";

objectStoreContract("R2", () => r2ObjectStore(env.OBJECTS));

const PIECE = new Uint8Array(2 ** 20);

/** The store over a bucket of which one method is another. */
function storeWith(changes: Partial<R2Bucket>) {
  return r2ObjectStore({ ...changes } as R2Bucket);
}

describe("a put that ends before it has all bytes", () => {
  test.each<[string, (body: ReadableStream) => Promise<null>]>([
    ["rejects at once", () => Promise.reject(new Error("put: busy (10058)"))],
    [
      "throws",
      () => {
        throw new Error("put: busy (10058)");
      },
    ],
    ["finds the key taken", () => Promise.resolve(null)],
    [
      "rejects after a piece",
      async (body) => {
        await body.getReader({ mode: "byob" }).readAtLeast(PIECE.length, new Uint8Array(PIECE.length));
        throw new Error("put: busy (10058)");
      },
    ],
    [
      "reads no further",
      async (body) => {
        const reader = body.getReader();
        await reader.read();
        await reader.cancel();
        throw new Error("put: busy (10058)");
      },
    ],
  ])("makes the writer reject with the reason: %s", async (_, put) => {
    const store = storeWith({
      put: (async (_key: string, body: ReadableStream) => await put(body)) as R2Bucket["put"],
    });
    const writer = store.writer(newObjectKey(), 4 * PIECE.length, BARE);
    const writes = async () => {
      for (let number = 0; number < 4; number += 1) await writer.write(PIECE);
    };
    await expect(writes()).rejects.toThrow(/10058|stored already/);
    await expect(writer.write(PIECE)).rejects.toThrow();
    await expect(writer.end()).rejects.toThrow();
    await writer.abort();
  });

  test("a write that R2 never reads ends when the writer is given up", async () => {
    const store = storeWith({ put: () => new Promise<never>(() => {}) });
    const writer = store.writer(newObjectKey(), 4 * PIECE.length, BARE);
    const write = expect(writer.write(PIECE)).rejects.toThrow("aborted");
    await writer.abort();
    await write;
  });

  test("R2 itself refuses headers that are too large", async () => {
    const writer = r2ObjectStore(env.OBJECTS).writer(newObjectKey(), 5, { ...BARE, etag: "x".repeat(9000) });
    const all = async () => {
      await writer.write(utf8("hello"));
      await writer.end();
    };
    await expect(all()).rejects.toThrow("10012");
  });
});

describe("a refusal of R2's", () => {
  const refusing = (message: string) => storeWith({ put: () => Promise.reject(new Error(message)) });

  test("that tells no values still tells what was declared", async () => {
    const store = refusing("put: The checksum you specified did not match what we received. (10037)");
    const refused = store.put(newObjectKey(), utf8("hello"), BARE, HELLO);
    await expect(refused).rejects.toThrow(ChecksumRefused);
    await expect(refused).rejects.toThrow(`the sha256 of the bytes is another, and ${HELLO.sha256} was declared`);
  });

  test.each(["put: We encountered an internal error. Please try again. (10001)", "Network connection lost.", "10037"])(
    "of another kind stays as it is: %s",
    async (message) => {
      const refused = refusing(message).put(newObjectKey(), utf8("hello"), BARE, HELLO);
      await expect(refused).rejects.not.toThrow(ChecksumRefused);
      await expect(refused).rejects.toThrow(message);
    },
  );
});

describe("to give an upload up", () => {
  const aborting = (message: string) => {
    const upload = { uploadId: "id", abort: () => Promise.reject(new Error(message)) } as unknown as R2MultipartUpload;
    return storeWith({ resumeMultipartUpload: () => upload }).resumeMultipart(newObjectKey(), "id");
  };

  test("is no error when R2 has forgotten it", async () => {
    await aborting("abortMultipartUpload: The specified multipart upload does not exist. (10024)").abort();
  });

  test("rejects when R2 cannot say", async () => {
    const upload = aborting("abortMultipartUpload: We encountered an internal error. Please try again. (10001)");
    await expect(upload.abort()).rejects.toThrow("10001");
  });
});
