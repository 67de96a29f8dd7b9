import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { type Entry, listEntries, untilStored } from "../../stack/entries.ts";
import { weigh } from "../../stack/objects.ts";
import { askProxy } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { passed } from "./downloads.ts";
import type { Manner, PacedOrigin } from "./paced-origin.ts";

/** What an origin may say beside the bytes of an object. */
export function answers(stack: () => Stack, origin: () => PacedOrigin): void {
  const entryOf = async (url: string): Promise<Entry | null> => {
    const entries = await listEntries(stack());
    return entries.find(({ source_url }) => source_url === url) ?? null;
  };

  it.each([
    [403, "ORIGIN_REFUSED"],
    [404, "ORIGIN_NOT_FOUND"],
    [500, "ORIGIN_ERROR"],
  ])("%i is for the origin to tell: nothing of its page is on our host", async (status, code) => {
    const object = origin().publish(Buffer.from("<script>alert(1)</script>"), { status });
    const answer = await askProxy(stack(), object.url);
    expect([answer.status, answer.location, answer.body]).toEqual([302, object.url, ""]);
    const entry = await until("the fill tells why it fails", async () => {
      const seen = await entryOf(object.url);
      return seen?.error ? seen : null;
    });
    expect(entry.error?.code).toBe(code);
  });

  it.each<[string, Manner["fields"]]>([
    ["no-store", { "cache-control": "no-store" }],
    ["private", { "cache-control": "private" }],
    ["Vary", { vary: "accept-language" }],
    ["HTML", { "content-type": "text/html" }],
  ])("%s passes as it is, and is not stored", async (_, fields = {}) => {
    const { object, response } = await passed(stack(), () => origin().publish(100_000, { fields }));
    expect(await weigh(response)).toEqual({ bytes: 100_000, sha256: object.sha256 });
    const { object: after, response: stored } = await passed(stack(), () => origin().publish(1));
    await stored.body?.cancel();
    await untilStored(stack(), after.url);
    expect(await entryOf(object.url)).toBeNull();
    expect(object.asked()).toEqual(["GET"]);
  });

  it.each(["text/html", "image/svg+xml", "text/javascript"])("%s passes as a download, in a sandbox", async (type) => {
    const fields = { "content-type": type, "set-cookie": ["a=b", "c=d"], "x-internal": "secret", refresh: "0; url=/" };
    const { response } = await passed(stack(), () => origin().publish(10, { fields }));
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      "content-type": type,
      "content-disposition": "attachment",
      "content-security-policy": "sandbox",
      "x-content-type-options": "nosniff",
    });
    for (const name of ["set-cookie", "x-internal", "refresh"]) expect(headers).not.toHaveProperty(name);
    await response.body?.cancel();
  });

  it("a redirect to an allowed host is followed", async () => {
    const target = origin().publish(1000);
    const fields = { location: target.url };
    const { response } = await passed(stack(), () => origin().publish(0, { status: 302, fields }));
    expect(await weigh(response)).toEqual({ bytes: 1000, sha256: target.sha256 });
  });

  it("a redirect to a foreign host is for the client to follow", async () => {
    const fields = { location: "https://foreign.invalid/x" };
    const object = origin().publish(0, { status: 302, fields });
    const { status, location } = await askProxy(stack(), object.url);
    expect([status, location]).toEqual([302, object.url]);
  });
}
