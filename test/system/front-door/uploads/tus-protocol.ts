import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask } from "../../stack/requests.ts";
import { content } from "./uploading.ts";

const BYTES = { "Content-Type": "application/offset+octet-stream" };
const FILE = content(100, 7);

type Fields = Readonly<Record<string, string>>;

export function tusProtocol(stack: () => Stack): void {
  const say = async (method: string, path: string, fields: Fields = {}, body?: Uint8Array<ArrayBuffer>) =>
    await ask(new URL(path, `${stack().api}/files/`).href, {
      method,
      headers: { "Tus-Resumable": "1.0.0", Authorization: `Bearer ${stack().apiKey}`, ...fields },
      ...(body && { body }),
    });
  const create = async (fields: Fields = {}) => {
    const response = await say("POST", "/files/", { "Upload-Length": "100", ...fields });
    expect(response.status).toBe(201);
    return response.headers.get("Location") ?? "";
  };
  const offsetOf = async (path: string) => (await say("HEAD", path)).headers.get("Upload-Offset");

  it("is told of by OPTIONS, without a version or a key", async () => {
    const response = await ask(`${stack().api}/files/`, { method: "OPTIONS" });
    expect([response.status, response.headers.get("Tus-Version")]).toEqual([204, "1.0.0"]);
    expect(response.headers.get("Tus-Extension")?.split(",")).toEqual([
      ...["creation", "creation-with-upload", "expiration", "checksum", "termination", "concatenation"],
    ]);
    expect(response.headers.get("Tus-Checksum-Algorithm")).toBe("sha1,sha256,md5");
    expect(response.headers.get("Tus-Max-Size")).toBe(String(64 * 2 ** 20));
  });

  it("is made of others, and only of whole ones", async () => {
    const parts = [];
    for (const [from, to] of [
      [0, 60],
      [60, 100],
    ] as const) {
      const part = await create({ "Upload-Concat": "partial", "Upload-Length": String(to - from) });
      expect((await say("POST", "/files/", { "Upload-Concat": `final;${part}` })).status).toBe(400);
      await say("PATCH", part, { ...BYTES, "Upload-Offset": "0" }, FILE.subarray(from, to));
      expect((await say("HEAD", part)).headers.get("Upload-Concat")).toBe("partial");
      parts.push(part);
    }
    const concat = `final;${parts.join(" ")}`;
    const made = await say("POST", "/files/", { "Upload-Concat": concat });
    const path = made.headers.get("Location") ?? "";
    expect([made.status, await offsetOf(path)]).toEqual([201, "100"]);
    const { headers } = await say("HEAD", path);
    expect([headers.get("Upload-Length"), headers.get("Upload-Concat")]).toEqual(["100", concat]);
    expect((await say("PATCH", path, { ...BYTES, "Upload-Offset": "100" }, FILE)).status).toBe(403);
    expect((await say("HEAD", parts[0] ?? "")).status).toBe(410);
    // The answer to the first may have got lost.
    const again = await say("POST", "/files/", { "Upload-Concat": concat });
    expect([again.status, again.headers.get("Location")]).toEqual([201, path]);
    expect((await say("POST", "/files/", { "Upload-Concat": `final;${parts[0]}` })).status).toBe(410);
  });

  it("is of one version", async () => {
    const response = await say("POST", "/files/", { "Tus-Resumable": "0.2.2", "Upload-Length": "100" });
    expect([response.status, response.headers.get("Tus-Version")]).toEqual([412, "1.0.0"]);
  });

  it("tells how much is there, what was said, and until when", async () => {
    const metadata = "filename YS5tcDQ=,is_confidential";
    const path = await create({ "Upload-Metadata": metadata });
    const { status, headers } = await say("HEAD", path);
    expect([status, headers.get("Cache-Control")]).toEqual([200, "no-store"]);
    expect([headers.get("Upload-Offset"), headers.get("Upload-Length")]).toEqual(["0", "100"]);
    expect(headers.get("Upload-Metadata")).toBe(metadata);
    expect(Date.parse(headers.get("Upload-Expires") ?? "")).toBeGreaterThan(Date.now());
  });

  it("takes bytes where they belong, of their type, and not more", async () => {
    const path = await create();
    const half = await say("PATCH", path, { ...BYTES, "Upload-Offset": "0" }, FILE.subarray(0, 50));
    expect([half.status, half.headers.get("Upload-Offset")]).toEqual([204, "50"]);
    expect((await say("PATCH", path, { ...BYTES, "Upload-Offset": "0" }, FILE.subarray(0, 50))).status).toBe(409);
    expect((await say("PATCH", path, { "Upload-Offset": "50" }, FILE.subarray(50))).status).toBe(415);
    expect((await say("PATCH", path, BYTES, FILE.subarray(50))).status).toBe(400);
    expect((await say("PATCH", path, { ...BYTES, "Upload-Offset": "50" }, FILE)).status).toBe(413);
    const none = await say("PATCH", path, { ...BYTES, "Upload-Offset": "50" });
    expect([none.status, none.headers.get("Upload-Offset")]).toEqual([204, "50"]);
    expect((await say("PATCH", path, { ...BYTES, "Upload-Offset": "50" }, FILE.subarray(50))).status).toBe(204);
    expect(await offsetOf(path)).toBe("100");
    expect((await say("DELETE", path)).status).toBe(403);
  });

  it("compares checksums", async () => {
    const path = await create();
    const sha1 = (bytes: Uint8Array) => `sha1 ${createHash("sha1").update(bytes).digest("base64")}`;
    const at0 = { ...BYTES, "Upload-Offset": "0" };
    expect((await say("PATCH", path, { ...at0, "Upload-Checksum": sha1(FILE.subarray(1)) }, FILE)).status).toBe(460);
    expect((await say("PATCH", path, { ...at0, "Upload-Checksum": "crc32 AAAA" }, FILE)).status).toBe(400);
    expect(await offsetOf(path)).toBe("0");
    expect((await say("PATCH", path, { ...at0, "Upload-Checksum": sha1(FILE) }, FILE)).status).toBe(204);
  });

  it("creates nothing without a length, nor what is too large", async () => {
    expect((await say("POST", "/files/")).status).toBe(400);
    expect((await say("POST", "/files/", { "Upload-Length": "-1" })).status).toBe(400);
    expect((await say("POST", "/files/", { "Upload-Length": String(64 * 2 ** 20 + 1) })).status).toBe(413);
    expect((await say("POST", "/files/", { "Upload-Length": "1", "Upload-Metadata": "name !!" })).status).toBe(400);
  });

  it("ends what its client gives up", async () => {
    const path = await create();
    expect((await say("POST", path, { "X-HTTP-Method-Override": "HEAD" })).headers.get("Upload-Offset")).toBe("0");
    expect((await say("POST", path, { "X-HTTP-Method-Override": "DELETE" })).status).toBe(204);
    expect((await say("HEAD", path)).status).toBe(410);
    expect((await say("PATCH", path, { ...BYTES, "Upload-Offset": "0" }, FILE)).status).toBe(410);
    expect((await say("HEAD", "/files/1700000000000-00000000-0000-4000-8000-000000000000")).status).toBe(404);
    expect((await say("HEAD", "/files/nothing")).status).toBe(404);
  });

  it("says so of a body that it has not read", async () => {
    const body = content(5 * 2 ** 20, 8);
    const path = await create({ "Upload-Length": String(body.length) });
    for (let time = 0; time < 5; time += 1) {
      expect((await say("PATCH", path, { ...BYTES, "Upload-Offset": "1" }, body)).status).toBe(409);
    }
    expect((await say("PATCH", path, { ...BYTES, "Upload-Offset": "0" }, body)).status).toBe(204);
  });

  it("creates nothing of bytes that are refused", async () => {
    const wrong = { ...BYTES, "Upload-Length": "100", "Upload-Checksum": "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=" };
    const refused = await say("POST", "/files/", wrong, FILE.subarray(0, 50));
    expect([refused.status, refused.headers.get("Location")]).toEqual([460, null]);
    const taken = await say("POST", "/files/", { ...BYTES, "Upload-Length": "100" }, FILE.subarray(0, 50));
    expect([taken.status, taken.headers.get("Upload-Offset")]).toEqual([201, "50"]);
    expect(await offsetOf(taken.headers.get("Location") ?? "")).toBe("50");
  });

  it("is for those who may upload", async () => {
    const nobody = await say("POST", "/files/", { "Upload-Length": "1", Authorization: "Bearer x" });
    expect([nobody.status, nobody.headers.get("Tus-Resumable")]).toEqual([401, "1.0.0"]);
    const path = await create();
    expect((await say("HEAD", path, { Authorization: `Bearer ${stack().presigned.apiKey}` })).status).toBe(404);
  });
}
