import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady, untilStatus } from "../../stack/entries.ts";
import { type ObjectFields, publish } from "../../stack/objects.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { done } from "../settings/settings-calls.ts";

/** Types and names survive; nothing of a customer's may act in the name of our host. */
export function kindsOfFiles(stack: () => Stack, open: () => OwnOrigin): void {
  async function served(url: string): Promise<Record<string, string>> {
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    const response = await ask((await untilHit(stack(), url)).location);
    expect((await response.text()).length).toBeGreaterThan(0);
    return Object.fromEntries(response.headers);
  }
  /** Not from the demo origin: wrangler takes the length off a page, and nothing without a length is stored. */
  const page = (fields: Record<string, string>) => `${open().url}/page?${new URLSearchParams(fields)}`;
  const keepPages = async (store_html: boolean) => await done(stack(), "PATCH", "/fills", { store_html });

  it.each([
    ["application/zip", 'attachment; filename="a b.zip"'],
    ["image/jpeg", "inline"],
    ["text/csv; charset=utf-8", "attachment; filename*=UTF-8''caf%C3%A9.csv"],
    ["application/vnd.ms-excel", 'inline; filename="x.xls"'],
  ])("serves %s as %s", async (ContentType, ContentDisposition) => {
    const fields: ObjectFields = { ContentType, ContentDisposition, ContentLanguage: "de" };
    const name = `kind-${ContentType.replace(/\W/g, "-")}`;
    const headers = await served(await publish(stack(), name, name, fields));
    expect(headers).toMatchObject({
      "content-type": ContentType,
      "content-disposition": ContentDisposition,
      "content-language": "de",
      "x-content-type-options": "nosniff",
    });
    expect(headers).not.toHaveProperty("content-security-policy");
  });

  it.each(["text/html", "application/xhtml+xml; charset=utf-8"])("keeps no %s, and sends it on", async (type) => {
    const url = page({ "content-type": type, kept: "no" });
    const { key } = await preload(stack(), { url });
    const entry = await untilStatus(stack(), key, "failed");
    expect(entry).toMatchObject({ error: { code: "HTML_NOT_STORED" }, size: null, generation: null });
    const { status, location } = await askProxy(stack(), url);
    expect([status, location]).toEqual([302, url]);
  });

  describe("for a tenant that wants pages", () => {
    beforeAll(async () => {
      await keepPages(true);
      const url = page({ "content-type": "text/html", kept: "yes" });
      // The consumer remembers how the tenant was for some 30 s.
      const isKept = async () => (await preload(stack(), { url })).status === "ready" || null;
      await until("pages are kept", isKept);
    });
    afterAll(async () => void (await keepPages(false)));

    it.each([
      "text/html",
      "TEXT/HTML; charset=utf-8",
      "image/svg+xml",
      "application/xhtml+xml",
      "text/javascript",
      "application/pdf",
    ])("gives %s as a download, in a sandbox", async (type) => {
      expect(await served(page({ "content-type": type }))).toMatchObject({
        "content-type": type,
        "content-disposition": "attachment",
        "content-security-policy": "sandbox",
        "x-content-type-options": "nosniff",
      });
    });

    it("keeps the name of a page that wanted to be shown", async () => {
      const disposition = 'inline; filename="page.html"';
      const headers = await served(page({ "content-type": "text/html", "content-disposition": disposition }));
      expect(headers["content-disposition"]).toBe('attachment; filename="page.html"');
    });
  });

  it("keeps no cookie and nothing else that an origin sets", async () => {
    const headers = await served(page({ "set-cookie": "a=b", "x-internal": "secret", "cache-control": "max-age=600" }));
    expect(headers).not.toHaveProperty("set-cookie");
    expect(headers).not.toHaveProperty("x-internal");
    expect(headers["cache-control"]).toMatch(/^private, max-age=\d+, no-transform$/);
  });
}
