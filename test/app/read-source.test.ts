import { describe, expect, it } from "vitest";
import { readSource } from "../../src/app/read-source.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { presigned, tenantId } from "../core/samples.ts";
import { ACME, URL_A, URL_B } from "./world.ts";

const OTHER: Tenant = { ...ACME, id: tenantId("other") };

const read = (text: string, customKey: string | null = null, tenant = ACME) =>
  readSource(tenant, text, customKey, false);

describe("a URL that is none of ours", () => {
  it.each([
    ["a URL that is too long", `https://bucket.s3.amazonaws.com/${"a".repeat(8192)}`, "at most 8192 bytes"],
    ["nothing", "", "absolute URL"],
    ["a path", "/a.mp4", "absolute URL"],
    ["another scheme", "ftp://bucket.s3.amazonaws.com/a", "http or https"],
    ["a password", "https://me:secret@bucket.s3.amazonaws.com/a", "user name or password"],
    ["a bad host", "https://bucket..s3.amazonaws.com/a", "host"],
    ["a host that ends in a dot", "https://bucket.s3.amazonaws.com./a", "host"],
    ["a line break", "https://bucket.s3.amazonaws.com/a\r\nSet-Cookie: a", "control characters"],
    ["a backslash", "https://bucket.s3.amazonaws.com\\@evil.example/a", "backslashes"],
  ])("%s is refused, and the field named", async (_, text, problem) => {
    const refused = { code: "INVALID_FIELD", message: expect.stringContaining(problem) };
    await expect(read(text)).rejects.toMatchObject(refused);
    await expect(read(text)).rejects.toThrow(/^url /);
    await expect(readSource(ACME, text, null, false, "items.3.url")).rejects.toThrow(/^items\.3\.url /);
  });

  it.each([
    ["secrets", "https://me:hunter2@bucket.s3.amazonaws.com/a"],
    ["its query", `ftp://bucket.s3.amazonaws.com/a?X-Amz-Signature=hunter2`],
  ])("is refused without a word of %s", async (_, text) => {
    await expect(read(text)).rejects.not.toThrow("hunter2");
  });
});

describe("an origin that is not on the tenant's list", () => {
  it.each([
    ["another host", "https://evil.example/a.mp4"],
    ["the apex of a wildcard", "https://s3.amazonaws.com/bucket/a.mp4"],
    ["a host that ends alike", "https://evils3.amazonaws.com/a.mp4"],
    ["a host that begins alike", "https://bucket.s3.amazonaws.com.evil.example/a.mp4"],
    ["plain http", "http://bucket.s3.amazonaws.com/a.mp4"],
    ["another port", "https://bucket.s3.amazonaws.com:8443/a.mp4"],
    ["a path beside the prefix", "https://files.example.com/closed/a.mp4"],
    ["a way out of the prefix", "https://files.example.com/open/../closed/a.mp4"],
    ["an address of a machine", "https://169.254.169.254/latest/meta-data"],
  ])("is refused: %s", async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: "ORIGIN_NOT_ALLOWED" });
    await expect(read(text, "a key of its own")).rejects.toMatchObject({ code: "ORIGIN_NOT_ALLOWED" });
  });

  it("is refused when the list is empty", async () => {
    await expect(read(URL_A, null, { ...ACME, originRules: [] })).rejects.toMatchObject({ code: "ORIGIN_NOT_ALLOWED" });
  });

  it("may be one of this machine in local development only", async () => {
    const rule = {
      scheme: "http",
      host: "127.0.0.1",
      port: 9000,
      pathPrefix: "/",
      access: null,
      obeyPrivate: false,
      tags: [],
    } as const;
    const tenant = { ...ACME, originRules: [rule] };
    const text = "http://127.0.0.1:9000/a.mp4";
    await expect(readSource(tenant, text, null, false)).rejects.toMatchObject({ code: "ORIGIN_NOT_ALLOWED" });
    expect(await readSource(tenant, text, null, true)).toMatchObject({ url: { raw: { text } } });
  });
});

describe("an allowed URL", () => {
  it("names its entry by the object, whatever its signature", async () => {
    const [one, again] = [
      await read(URL_A),
      await read(presigned("https://bucket.s3.amazonaws.com/a.mp4", OTHER_SIGNING)),
    ];
    expect(again.key).toEqual(one.key);
    expect(again.identity).toBe(one.identity);
    expect(again.url.raw.text).not.toBe(one.url.raw.text);
    expect(one.publicKey).toBe(`url-${one.key.id}`);
  });

  it("of another object names another entry", async () => {
    const [one, other] = [await read(URL_A), await read(URL_B)];
    expect(other.key.id).not.toBe(one.key.id);
    expect(other.identity).not.toBe(one.identity);
  });

  it("is named by the caller's own key, and keeps its identity beside", async () => {
    const [named, other, plain] = [await read(URL_A, "movie"), await read(URL_B, "movie"), await read(URL_A)];
    expect(named).toMatchObject({ publicKey: "movie", identity: plain.identity });
    expect(named.key.id).not.toBe(plain.key.id);
    expect(other.key).toEqual(named.key);
    expect(other.identity).not.toBe(named.identity);
  });

  it("may be named by the public key that its entry has", async () => {
    const plain = await read(URL_A);
    expect(await read(URL_A, plain.publicKey)).toEqual(plain);
  });

  it("is misnamed under the public key of another's entry", async () => {
    const [plain, other] = [await read(URL_A), await read(URL_B)];
    expect(await read(URL_B, plain.publicKey)).toMatchObject({ key: plain.key, misnamed: true });
    expect([plain.misnamed, other.misnamed, (await read(URL_B, "movie")).misnamed]).toEqual([false, false, false]);
  });

  it.each([[null], ["movie"]])("never shares an entry with another tenant, under the key %j", async (customKey) => {
    const [mine, theirs] = [await read(URL_A, customKey), await read(URL_A, customKey, OTHER)];
    expect(mine.key.tenant).toBe("acme");
    expect(theirs.key.tenant).toBe("other");
    expect(theirs.key).not.toEqual(mine.key);
  });

  it.each([
    ["as the tenant says", URL_A, "probe"],
    ["as its rule says", "https://files.example.com/open/a.mp4", "public"],
  ])("is open %s", async (_, text, access) => {
    expect(await read(text)).toMatchObject({ access });
  });

  it("stays as it was given, byte for byte", async () => {
    const text = "https://bucket.s3.amazonaws.com/a//b/%2F/é+%20?x=%7e&X=1";
    expect((await read(text)).url.raw.text).toBe(text);
  });
});

const OTHER_SIGNING = { accessKey: "AKIAIOSFODNN7OTHER00", signature: "0".repeat(64), token: "a token" };
