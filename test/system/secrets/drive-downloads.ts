import { expect, it } from "vitest";
import type { Stack } from "../../../src/dev/stack.ts";
import { findEntry, preload, untilReady, untilStatus } from "../stack/entries.ts";
import { presign, publish } from "../stack/objects.ts";
import type { OwnOrigin } from "../stack/own-origin.ts";
import { proxyUrl } from "../stack/requests.ts";
import { noteSignaturesOf } from "../stack/signatures.ts";
import { until } from "../stack/until.ts";
import type { Heard } from "./heard.ts";
import { recognisable, signedQueries } from "./recognisable.ts";

/** Downloads of every kind, each by a URL with a secret of its own. */
export function driveDownloads(stack: () => Stack, origin: () => OwnOrigin, { hear, manage }: Heard): void {
  const untilHit = (address: string, method = "GET") =>
    until("it is a hit", async () => {
      const { location } = await hear(address, { method });
      return location.startsWith(origin().url) || location.startsWith(stack().origin) ? null : location;
    });

  it("a presigned URL: miss, fill, hit, raw form, presigned delivery, purge", async () => {
    const url = await publish(stack(), "visible-object.txt", "visible", { ContentType: "text/plain" });
    const raw = `${stack().api}/proxy/${url}`;
    expect((await hear(raw)).location).toBe(url);
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    for (const method of ["GET", "HEAD"]) await hear(await untilHit(raw, method), { method });
    const link = await untilHit(proxyUrl(stack(), await presign(stack(), "visible-object.txt", 601)));
    await hear(link, { headers: { range: "bytes=0-1" } });
    const atStore = await untilHit(proxyUrl(stack(), url, { site: stack().presigned.tenant }));
    noteSignaturesOf(atStore);
    await hear(atStore);
    await manage(`/cache/${key}`);
    await manage(`/cache/${key}`, undefined, { method: "DELETE" });
    expect((await hear(link)).status).toBe(302);
  });

  it("URLs in the manner of many providers: miss, fill, hit", async () => {
    for (const [position, query] of signedQueries().entries()) {
      const url = `${origin().url}/good/visible-${position}.bin?${query}`;
      const address = proxyUrl(stack(), url, { hash: `visible-${position}` });
      expect((await hear(address)).location).toBe(url);
      await hear(proxyUrl(stack(), url));
      await hear(`${stack().api}/proxy/${url}`);
      const { storable } = JSON.parse((await manage("/inspect", { url })).body);
      if (!storable) continue;
      await untilReady(stack(), `visible-${position}`);
      await hear(await untilHit(address));
      await hear(await untilHit(address, "HEAD"), { method: "HEAD" });
    }
  });

  it("URLs whose fills fail: refused, not there, unreachable, broken until the last attempt", async () => {
    const unreachable = stack().originCredentials.endpoint.replace(/:\d+/, ":1");
    const fail = async (where: string) => {
      const url = `${where}/visible.bin?sig=${encodeURIComponent(recognisable("failed", "+/="))}`;
      const hash = `failed at ${where}`;
      expect((await hear(proxyUrl(stack(), url, { hash }))).location).toBe(url);
      await untilStatus(stack(), hash, "failed");
      await manage(`/cache/${encodeURIComponent(hash)}`);
      await hear(proxyUrl(stack(), url, { hash }));
    };
    const bad = ["refused", "broken", "cut"].map((mood) => `${origin().url}/${mood}`);
    await Promise.all([...bad, unreachable].map(fail));
    const absent = await presign(stack(), "visible-absent.txt");
    await preload(stack(), { url: absent, hash: "absent" });
    expect((await untilStatus(stack(), "absent", "failed")).error?.code).toBe("ORIGIN_NOT_FOUND");
  });

  it("URLs that have expired, that were changed, or that are bound to somebody", async () => {
    await hear(proxyUrl(stack(), await presign(stack(), "hello.txt", 60, { signingDate: new Date(0) })));
    const good = await presign(stack(), "hello.txt");
    const bad = noteSignaturesOf(good.replace(/X-Amz-Signature=.{16}/, "X-Amz-Signature=0123456789abcdef"));
    for (let count = 0; count < 2; count++) await hear(proxyUrl(stack(), bad));
    await hear(proxyUrl(stack(), noteSignaturesOf(`${good}&X-Amz-Signature=${"d".repeat(64)}`)));
    const bound = `sv=2025-01-05&se=2030-01-01T00%3A00%3A00Z&sr=b&sp=r&sip=203.0.113.7&sig=${recognisable("bound")}`;
    await hear(proxyUrl(stack(), `${origin().url}/good/bound.bin?${bound}`));
  });

  it("preloads, one and many, and what is listed of them", async () => {
    const urls = signedQueries().map((query, position) => `${origin().url}/good/preloaded-${position}.bin?${query}`);
    const [first = "", ...more] = urls;
    await manage("/preload", { url: first, hash: "preloaded" });
    await manage("/preload", { items: more.map((url, position) => ({ url, hash: `preloaded-${position}` })) });
    await manage("/preload", { items: [{ url: first }, { url: `https://evil.example/?sig=${recognisable("evil")}` }] });
    await untilReady(stack(), "preloaded");
    await until("all have ended", async () => {
      const found = await Promise.all(more.map((_, position) => findEntry(stack(), `preloaded-${position}`)));
      return found.every((entry) => entry === null || ["ready", "failed"].includes(entry.status)) ? true : null;
    });
    await manage("/cache?limit=1000");
  });
}
