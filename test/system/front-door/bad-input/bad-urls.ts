import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask, manage, proxyUrl } from "../../stack/requests.ts";
import { problemOf } from "./problem.ts";

const MAX_BYTES = 8 * 1024;

/** What `url` may not be, at both places that take one: 400 or 403, and the field is named. */
export function badUrls(stack: () => Stack): void {
  const bucket = () => `${stack().originCredentials.endpoint}/${stack().originCredentials.bucket}`;
  const host = () => new URL(stack().origin).host;
  const path = () => new URL(bucket()).pathname;
  const at = (authority: string, rest = "/hello.txt") => `http://${authority}${path()}${rest}`;

  const invalid: Readonly<Record<string, () => string>> = {
    empty: () => "",
    "a path": () => `${path()}/hello.txt`,
    "a name": () => "hello.txt",
    "relative to a scheme": () => `//${host()}${path()}/hello.txt`,
    "with one slash": () => `http:/${host()}${path()}/hello.txt`,
    javascript: () => "javascript:alert(1)",
    "javascript with slashes": () => "javascript://127.0.0.1/%0aalert(1)",
    data: () => "data:text/html,<script>alert(1)</script>",
    "a file": () => "file:///etc/passwd",
    ftp: () => "ftp://127.0.0.1/hello.txt",
    s3: () => "s3://demo/hello.txt",
    "with a user": () => at(`user@${host()}`),
    "with a user and a password": () => at(`user:password@${host()}`),
    "with an empty user": () => at(`@${host()}`),
    "with the allowed host as a user": () => `http://${host()}@evil.example${path()}/hello.txt`,
    "with a backslash for a slash": () => `http:\\\\${host()}${path()}/hello.txt`,
    "with a backslash behind the host": () => `http://evil.example\\@${host()}${path()}/hello.txt`,
    "with a backslash in the path": () => `${bucket()}\\..\\hello.txt`,
    "with a trailing dot": () => at(host().replace(":", ".:")),
    "without a host": () => "http:///hello.txt",
    "with a port that is none": () => at("127.0.0.1:99999"),
    "with words for a port": () => at("127.0.0.1:http"),
    "with a space in its host": () => at("127.0.0 .1"),
    "with a newline": () => `${bucket()}/hello.txt\nSet-Cookie: a=b`,
    "with a carriage return": () => `${bucket()}/hello.txt\r\nLocation: https://evil.example`,
    "with a tab": () => `ht\ttp://${host()}${path()}/hello.txt`,
    "with a null": () => `${bucket()}/hello.txt\0`,
    "with a newline in front": () => `\n${bucket()}/hello.txt`,
    "longer than 8 KiB": () => `${bucket()}/`.padEnd(MAX_BYTES + 1, "x"),
    "longer than 8 KiB in bytes alone": () => `${bucket()}/é`.padEnd(MAX_BYTES, "x"),
  };

  it.each(Object.keys(invalid))("is refused when it is %s", async (name) => {
    const url = invalid[name]?.() ?? "";
    for (const method of ["GET", "HEAD"]) {
      const response = await ask(proxyUrl(stack(), url), { method });
      expect([response.status, response.headers.get("location")]).toEqual([400, null]);
      if (method === "HEAD") expect(await response.text()).toBe("");
      else
        expect(await problemOf(response)).toEqual({ code: "INVALID_FIELD", message: expect.stringMatching(/^url /) });
    }
    const single = await problemOf(await manage(stack(), "/preload", { body: { url } }));
    expect(single).toEqual({ code: "INVALID_FIELD", message: expect.stringMatching(/^url\b/) });
    const items = [{ url: `${bucket()}/hello.txt` }, { url }];
    const batch = await problemOf(await manage(stack(), "/preload", { body: { items } }));
    expect(batch).toEqual({ code: "INVALID_FIELD", message: expect.stringMatching(/^items\.1\.url\b/) });
  });

  it("is refused when it is missing", async () => {
    for (const query of ["", "?", "?&", "?site=demo"]) {
      const problem = await problemOf(await ask(`${stack().api}/proxy${query}`));
      expect(problem).toEqual({ code: "MISSING_FIELD", message: expect.stringContaining("url") });
    }
    const problem = await problemOf(await manage(stack(), "/preload", { body: { hash: "no url" } }));
    expect(problem).toEqual({ code: "MISSING_FIELD", message: expect.stringContaining("url") });
  });

  it("is refused when it comes twice", async () => {
    const twice = `${proxyUrl(stack(), `${bucket()}/hello.txt`)}&url=${encodeURIComponent("https://evil.example/")}`;
    expect(await problemOf(await ask(twice))).toEqual({ code: "INVALID_FIELD", message: "url is given twice." });
  });

  it.each(["%zz", "%", "%ff%fe", "%c0%af", "%ed%a0%80"])(
    "is refused when it is encoded as no text is: %s",
    async (text) => {
      const response = await ask(`${stack().api}/proxy?url=${encodeURIComponent(bucket())}/${text}`);
      expect(await problemOf(response)).toMatchObject({
        code: "INVALID_FIELD",
        message: expect.stringMatching(/^url /),
      });
    },
  );

  it.each([
    "https://hf.co.evil.example/x",
    "https://169.254.169.254/",
    "http://[::1]/",
    "http://localhost/",
    "http://10.0.0.1/x",
  ])("is forbidden when nobody allowed its host: %s", async (url) => {
    expect(await problemOf(await ask(proxyUrl(stack(), url)))).toMatchObject({ code: "ORIGIN_NOT_ALLOWED" });
    expect(await problemOf(await manage(stack(), "/preload", { body: { url } }))).toMatchObject({
      code: "ORIGIN_NOT_ALLOWED",
    });
  });

  it("is forbidden also when the tenant does not exist", async () => {
    const response = await ask(proxyUrl(stack(), `${bucket()}/hello.txt`, { site: "nobody" }));
    expect(await problemOf(response)).toMatchObject({ code: "UNKNOWN_TENANT" });
  });
}
