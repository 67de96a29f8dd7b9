import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { listEntries } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { originRequests } from "../../stack/origin-log.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask, manage, proxyUrl } from "../../stack/requests.ts";

/** Neither an open redirect nor a way to make us fetch: what is not on the allow-list is refused before anything else. */
export function foreignOrigins(stack: () => Stack, foreign: () => OwnOrigin): void {
  const bucket = () => `${stack().originCredentials.endpoint}/${stack().originCredentials.bucket}`;
  const port = () => new URL(stack().origin).port;
  const path = () => new URL(bucket()).pathname;

  const urls: Readonly<Record<string, () => string>> = {
    "another host": () => "https://evil.example/file.bin",
    "another port of the same host": () => `${foreign().url}/file.bin`,
    "another port and the same path": () => `${foreign().url}${path()}/hello.txt`,
    "another scheme": () => bucket().replace("http:", "https:"),
    "another name of the same host": () => bucket().replace("127.0.0.1", "localhost"),
    "the host as one number": () => bucket().replace("127.0.0.1", "2130706433"),
    "the host in hex": () => bucket().replace("127.0.0.1", "0x7f000001"),
    "the host, shortened": () => bucket().replace("127.0.0.1", "127.1"),
    "the host in IPv6": () => bucket().replace("127.0.0.1", "[::ffff:127.0.0.1]"),
    "the host in front of another": () => bucket().replace("127.0.0.1", "127.0.0.1.evil.example"),
    "the host behind another": () => bucket().replace("127.0.0.1", "evil127.0.0.1"),
    "another bucket": () => `${bucket()}-two/hello.txt`,
    "a path above the bucket": () => `http://127.0.0.1:${port()}/`,
    "a path that climbs out of the bucket": () => `${bucket()}/../other/hello.txt`,
    "one that climbs in disguise": () => `${bucket()}/%2e%2E/other/hello.txt`,
    "the cloud's metadata": () => "http://169.254.169.254/latest/meta-data/",
    ourselves: () => `${stack().api}/health`,
  };

  it.each(Object.keys(urls))("is refused: %s", async (name) => {
    const url = urls[name]?.() ?? "";
    for (const method of ["GET", "HEAD"]) {
      const response = await ask(proxyUrl(stack(), url, { hash: "foreign" }), { method });
      expect([response.status, response.headers.get("location")]).toEqual([403, null]);
      await response.body?.cancel();
    }
    const preloaded = await manage(stack(), "/preload", { body: { url } });
    expect(preloaded.status).toBe(403);
    expect(await preloaded.json()).toMatchObject({ error: { code: "ORIGIN_NOT_ALLOWED" } });
  });

  it("refuses a whole batch for one of its items, and nothing of it is begun", async () => {
    const good = await publish(stack(), "beside-foreign.txt", "good");
    const before = (await originRequests(stack())).length;
    const items = [{ url: good }, { url: `${foreign().url}/file.bin` }];
    expect((await manage(stack(), "/preload", { body: { items } })).status).toBe(403);
    expect(await originRequests(stack())).toHaveLength(before);
    const entries = await listEntries(stack());
    expect(entries.filter(({ source_url }) => source_url.includes("beside-foreign"))).toEqual([]);
  });

  it("was asked for nothing", () => {
    expect(foreign().asked).toEqual([]);
  });
}
