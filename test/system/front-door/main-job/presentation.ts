import { beforeAll, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { type PresignWish, presign, publish } from "../../stack/objects.ts";
import { isWhole, requestsFor } from "../../stack/origin-log.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";

const DISPOSITION = 'attachment; filename="a report, 50% off.txt"';
const WISH = { ResponseContentDisposition: DISPOSITION, ResponseContentType: "text/x-presented; charset=utf-8" };
const BODY = "one object, shown in several ways";

/** What a signed link asks to be said of the bytes is said of our copy; the copy is the one of every link. */
export function presentation(stack: () => Stack): void {
  const other = () => ({ ...stack(), apiKey: stack().presigned.apiKey });
  const site = () => ({ extra: { site: stack().presigned.tenant } });
  let plain = "";
  beforeAll(async () => {
    plain = await publish(stack(), "shown.txt", BODY, { ContentType: "text/plain", ContentLanguage: "en" });
    for (const tenant of [stack(), other()]) {
      const { key } = await preload(tenant, { url: plain });
      await untilReady(tenant, key);
    }
  });
  const linkTo = async (wish: PresignWish = {}, method = "GET") =>
    (await untilHit(stack(), await presign(stack(), "shown.txt", 900, wish), { method })).location;
  const fieldsOf = async (link: string, init: RequestInit = {}) => {
    const response = await ask(link, init);
    const { status, headers } = response;
    const of = (name: string) => headers.get(name);
    return {
      ...{ status, type: of("content-type"), disposition: of("content-disposition"), language: of("content-language") },
      body: await response.text(),
    };
  };
  const AS_STORED = { status: 200, type: "text/plain", disposition: null, language: "en", body: BODY };
  const PRESENTED = { ...AS_STORED, type: WISH.ResponseContentType, disposition: DISPOSITION };

  it("stands beside the bytes that a plain link has brought, with no other copy", async () => {
    expect(await fieldsOf(await linkTo(WISH))).toEqual(PRESENTED);
    expect(await fieldsOf(await linkTo(WISH, "HEAD"), { method: "HEAD" })).toEqual({ ...PRESENTED, body: "" });
    // One of each tenant's.
    expect((await requestsFor(stack(), plain)).filter(isWhole)).toHaveLength(2);
  });

  it("is not that of a plain link, or of one that asks for another", async () => {
    await linkTo(WISH);
    expect(await fieldsOf(await linkTo())).toEqual(AS_STORED);
    const inline = { ResponseContentDisposition: "inline", ResponseContentLanguage: "de" };
    expect(await fieldsOf(await linkTo(inline))).toEqual({ ...AS_STORED, disposition: "inline", language: "de" });
  });

  it("stands in an answer to a range, and to who has it already in the fields of that answer", async () => {
    const link = await linkTo(WISH);
    const part = await fieldsOf(link, { headers: { range: "bytes=0-2" } });
    expect(part).toEqual({ ...PRESENTED, status: 206, body: "one" });
    const etag = (await ask(link)).headers.get("etag") ?? "";
    expect((await fieldsOf(link, { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  it("makes no page of the bytes: what a browser would run is downloaded", async () => {
    const page = { ResponseContentType: "text/html", ResponseContentDisposition: "inline" };
    const response = await ask(await linkTo(page));
    expect(response.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    await response.body?.cancel();
  });

  it("is the origin's to refuse when nobody has signed it", async () => {
    const url = `${await presign(stack(), "shown.txt")}&response-content-disposition=inline`;
    expect((await askProxy(stack(), url)).location).toBe(url);
    expect((await ask(url)).status).toBe(403);
  });

  it("is the store's to say where copies come straight from it", async () => {
    for (const method of ["GET", "HEAD"]) {
      const url = await presign(stack(), "shown.txt", 900, WISH);
      const { location } = await untilHit(stack(), url, { ...site(), method });
      expect(location).not.toContain("/f/");
      expect((await ask(location, { method })).status).toBe(200);
      // The local store's S3 endpoint obeys none of these; R2 does.
      expect(presentationIn(location)).toEqual([WISH.ResponseContentType, DISPOSITION]);
    }
    const { location } = await untilHit(stack(), await presign(stack(), "shown.txt"), site());
    expect(presentationIn(location)).toEqual([null, null]);
  });
}

function presentationIn(link: string): (string | null)[] {
  const { searchParams } = new URL(link);
  return ["response-content-type", "response-content-disposition"].map((name) => searchParams.get(name));
}
