import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilStored } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { isWhole, requestsFor } from "../../stack/origin-log.ts";
import { ask } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { problemOf } from "../bad-input/problem.ts";

/** `/proxy/https://host/path?…`: all that follows `/proxy/` is the URL, for those who cannot encode. */
export function rawForm(stack: () => Stack): void {
  const askRaw = async (url: string, method = "GET") => {
    const response = await ask(`${stack().api}/proxy/${url}`, { method });
    const { status, headers } = response;
    return { status, headers, location: headers.get("location") ?? "", body: await response.text() };
  };
  const bucket = () => `${stack().originCredentials.endpoint}/${stack().originCredentials.bucket}`;

  it.each(["GET", "HEAD"])("is a miss first and then a hit, for %s", async (method) => {
    const url = await publish(stack(), `raw-${method}.txt`, "raw");
    const { status, location, headers, body } = await askRaw(url, method);
    expect({ status, location, body }).toEqual({ status: 302, location: url, body: "" });
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-status": "snapbyte; fwd=uri-miss",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
    await untilStored(stack(), url);
    const hit = await until("the raw form is a hit", async () => {
      const answer = await askRaw(url, method);
      return answer.headers.get("cache-status") === "snapbyte; hit" ? answer : null;
    });
    expect(await (await ask(hit.location)).text()).toBe("raw");
    expect((await requestsFor(stack(), url)).filter(isWhole)).toHaveLength(1);
  });

  it("has the same entry as the encoded form", async () => {
    const url = await publish(stack(), "raw-and-encoded.txt", "the same");
    const encoded = await ask(`${stack().api}/proxy?url=${encodeURIComponent(url)}`);
    expect(encoded.headers.get("location")).toBe(url);
    await untilStored(stack(), url);
    const other = await presign(stack(), "raw-and-encoded.txt", 1_111);
    await until("another signing of it is a hit", async () => ((await askRaw(other)).location !== other ? true : null));
    expect((await requestsFor(stack(), url)).filter(isWhole)).toHaveLength(1);
  });

  it("is good with one slash behind the scheme, as some proxies leave it", async () => {
    const url = await publish(stack(), "raw-slash.txt", "slash");
    const { status, location } = await askRaw(url.replace("://", ":/"));
    expect({ status, location }).toEqual({ status: 302, location: url });
    await untilStored(stack(), url);
  });

  it("keeps an odd key of a signed URL byte for byte", async () => {
    const url = await publish(stack(), "raw//odd +%2f é&=?.txt", "odd");
    const { location } = await askRaw(url);
    expect(location).toBe(url);
    expect(await (await ask(location)).text()).toBe("odd");
  });

  it.each([
    "//double//slash/",
    "/lower%2fhex/UPPER%2F",
    "/plus+plus%2B%20space",
    "/space%20and%7Etilde~",
    "/a;b=c,d:e@f!$&()*",
    "/caf%C3%A9/%F0%9F%98%80",
    "/no-query-value?",
    "/x?empty=&=nameless&flag&twice=1&twice=2",
    "/x?encoded=%2526%3D&plus=a+b?second",
    "/of-ours?url=https%3A%2F%2Fevil.example&hash=h&site=nobody&exp=1&kid=k&sig=s&scope=*",
    "/nested/proxy/https://b.example/x?y=https://c.example",
  ])("keeps %s byte for byte", async (rest) => {
    const url = bucket() + rest;
    const { status, location } = await askRaw(url);
    expect({ status, location }).toEqual({ status: 302, location: url });
  });

  it("is forbidden for an origin that nobody allowed", async () => {
    for (const url of [
      "https://evil.example/file.bin",
      "https:/evil.example/file.bin",
      "http://169.254.169.254/latest/meta-data/",
      `${bucket()}-two/hello.txt`,
      `${stack().api}/health`,
    ]) {
      const response = await ask(`${stack().api}/proxy/${url}`);
      expect(await problemOf(response)).toMatchObject({ code: "ORIGIN_NOT_ALLOWED" });
    }
  });

  it.each(["nonsense", "http", "http:", "http:///x", "https://", "ftp://127.0.0.1/x", "javascript:alert(1)", "//x/y"])(
    "is not found where no URL follows: %s",
    async (rest) => {
      expect(await problemOf(await ask(`${stack().api}/proxy/${rest}`))).toMatchObject({ code: "NOT_FOUND" });
    },
  );

  it("is missed where nothing follows, as by /proxy itself", async () => {
    expect(await problemOf(await ask(`${stack().api}/proxy/`))).toMatchObject({ code: "MISSING_FIELD" });
  });

  it("is refused when what follows is no URL of ours", async () => {
    for (const url of ["http://user@127.0.0.1/x", "http://127.0.0.1:99999/x", "http://a..b/x"]) {
      expect(await problemOf(await ask(`${stack().api}/proxy/${url}`))).toEqual({
        code: "INVALID_FIELD",
        message: expect.stringMatching(/^url /),
      });
    }
  });
}
