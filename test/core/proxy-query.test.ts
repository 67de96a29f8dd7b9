import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_CUSTOM_KEY_BYTES } from "../../src/core/entry-key.ts";
import { SnapbyteError } from "../../src/core/errors.ts";
import { checkCustomKey, parseProxyQuery, readRawForm } from "../../src/core/proxy-query.ts";
import { presigned, SIGNING } from "./samples.ts";

function errorOf(action: () => unknown): SnapbyteError {
  try {
    action();
  } catch (error) {
    if (error instanceof SnapbyteError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

function problem(query: string): SnapbyteError {
  return errorOf(() => parseProxyQuery(query));
}

describe("the query of /proxy", () => {
  it.each([
    ["url=https%3A%2F%2Fb.co%2Fa", { url: "https://b.co/a" }],
    ["url=https://b.co/a", { url: "https://b.co/a" }],
    ["url=https://b.co/a?b=c", { url: "https://b.co/a?b=c" }],
    ["url=https%3A%2F%2Fb.co%2Fa%3Fb%3D1%26c%3D2&hash=k", { url: "https://b.co/a?b=1&c=2", hash: "k" }],
    ["hash=k&site=s&url=u", { url: "u", hash: "k", site: "s" }],
    ["hash=a%2Fb%20c%2Bd+e", { hash: "a/b c+d+e" }],
    ["hash=caf%C3%A9", { hash: "caf\u00e9" }],
    ["&url=u&&site=s&", { url: "u", site: "s" }],
    ["url=", { url: "" }],
    ["url&hash=k", { url: "", hash: "k" }],
    ["url=a=b=c", { url: "a=b=c" }],
  ])("%s is read", (query, found) => {
    expect(parseProxyQuery(query)).toEqual({ url: null, hash: null, site: null, signature: null, ...found });
  });

  it("gives back any URL that was encoded, byte for byte", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (url) => {
        expect(parseProxyQuery(`url=${encodeURIComponent(url)}`).url).toBe(url);
        expect(parseProxyQuery(new URLSearchParams({ url: url.replaceAll(" ", "") }).toString()).url).toBe(
          url.replaceAll(" ", ""),
        );
      }),
    );
  });

  it("keeps what is encoded twice encoded once", () => {
    expect(parseProxyQuery("url=https%3A%2F%2Fb.co%2Fa%252Fb%2Bc").url).toBe("https://b.co/a%2Fb+c");
  });

  it.each([
    ["", "MISSING_FIELD"],
    ["&", "MISSING_FIELD"],
    ["site=s", "MISSING_FIELD"],
    ["url=a&url=b", "INVALID_FIELD"],
    ["url=a&url=a", "INVALID_FIELD"],
    ["hash=a&hash=b", "INVALID_FIELD"],
    ["url=u&site=a&site=b", "INVALID_FIELD"],
    ["url=%zz", "INVALID_FIELD"],
    ["url=%", "INVALID_FIELD"],
    ["url=%ff", "INVALID_FIELD"],
    ["hash=", "INVALID_FIELD"],
    ["hash", "INVALID_FIELD"],
    ["hash=a%00b", "INVALID_FIELD"],
    ["URL=u", "INVALID_FIELD"],
    ["ttl=60", "INVALID_FIELD"],
    ["u%72l=u", "INVALID_FIELD"],
    ["url=u&ttl=60", "INVALID_FIELD"],
    ["ttl=60&url=https%3A%2F%2Fb.co%2Fa", "INVALID_FIELD"],
    ["https://b.co/a?b=1", "INVALID_FIELD"],
    ["__proto__=1&url=u", "INVALID_FIELD"],
  ])("%j is refused with %s", (query, code) => {
    expect(problem(query).code).toBe(code);
  });

  it("cuts a name that it repeats in an error", () => {
    expect(problem(`${"x".repeat(5000)}=1`).message.length).toBeLessThan(200);
  });
});

describe("what the tenant's own signature brings along", () => {
  const NONE = { exp: null, nbf: null, kid: null, sig: null, ip: null, scope: null, tags: null };

  it("is each of its parameters, percent-decoded", () => {
    const query = "hash=a%2Fb&scope=a%2F*&exp=1763640000&nbf=0&kid=k1&sig=a-_b&ip=2001%3Adb8%3A%3A%2F64&tags=a%2Cb";
    const terms = { exp: "1763640000", nbf: "0", ip: "2001:db8::/64", scope: "a/*", tags: "a,b" };
    const signature = { ...terms, kid: "k1", sig: "a-_b" };
    expect(parseProxyQuery(query)).toEqual({ url: null, hash: "a/b", site: null, signature });
  });

  it.each(Object.keys(NONE))("is there as soon as there is %s, so that nobody can strip the rest", (name) => {
    expect(parseProxyQuery(`url=u&${name}=1`).signature).toEqual({ ...NONE, [name]: "1" });
    expect(parseProxyQuery(`url=u&${name}=`).signature).toEqual({ ...NONE, [name]: "" });
    expect(parseProxyQuery(`url=u&${name}`).signature).toEqual({ ...NONE, [name]: "" });
  });

  it.each(Object.keys(NONE))("is refused when there are two of %s", (name) => {
    expect(problem(`url=u&${name}=1&${name}=1`).code).toBe("INVALID_FIELD");
  });

  it("asks for nothing by itself", () => {
    expect(problem("exp=1&kid=k&sig=s").code).toBe("MISSING_FIELD");
    expect(problem("scope=a*&exp=1&kid=k&sig=s").code).toBe("MISSING_FIELD");
  });

  it("is none of the URL's own when that is encoded", () => {
    const query = `url=${encodeURIComponent("https://a.blob.core.windows.net/c/b?sp=r&sig=abc&ip=1")}`;
    expect(parseProxyQuery(query).signature).toBeNull();
  });
});

describe("a URL behind /proxy/", () => {
  const HOST = "https://edge.example.com";

  it.each([
    ["as it is", "https://b.co/a.mp4"],
    ["with its query, byte for byte", "https://b.co/a?X-Amz-Date=1&x=a+b%20c&&=&url=u&hash=k#".slice(0, -1)],
    ["with another URL in its query", "https://b.co/a?next=https://c.co/b?d=e"],
    ["with percent-encoding as it stands", "https://b.co/a%2Fb/%2e%2E/%c3%A9%25"],
    ["with empty and dotted segments", "https://b.co//a//./b/../c"],
    ["with a port, and no path", "https://b.co:8443"],
    ["with nothing but a query", "https://b.co?a=b"],
    ["with plain http", "http://127.0.0.1:9000/a"],
    ["with user and password, which are refused later", "https://me:pw@b.co/a"],
    ["with /proxy/ in its own path", "https://b.co/proxy/https://c.co/a"],
    ["with text that is not ASCII", "https://b.co/caf\u00e9?q=\u00fc"],
  ])("is read %s", (_, url) => {
    expect(readRawForm(`${HOST}/proxy/${url}`)).toBe(url);
  });

  it("may have lost a slash on its way", () => {
    expect(readRawForm(`${HOST}/proxy/https:/b.co//a?b=c`)).toBe("https://b.co//a?b=c");
    expect(readRawForm("http://127.0.0.1:8787/proxy/http:/b.co/a")).toBe("http://b.co/a");
  });

  it("is read whatever the letters of its scheme", () => {
    expect(readRawForm(`${HOST}/proxy/HTTPS://B.co/A`)?.slice(5)).toBe("://B.co/A");
  });

  it.each([
    ["/proxy/ alone", "/proxy/"],
    ["/proxy", "/proxy"],
    ["a scheme alone", "/proxy/https://"],
    ["a scheme and a path", "/proxy/https:///a"],
    ["no scheme", "/proxy/b.co/a"],
    ["another scheme", "/proxy/ftp://b.co/a"],
    ["a scheme that hides code", "/proxy/javascript:alert(1)"],
    ["a URL that was encoded", "/proxy/https%3A%2F%2Fb.co%2Fa"],
    ["a URL further down", "/proxy/a/https://b.co/a"],
    ["a URL under another path", "/other/proxy/https://b.co/a"],
    ["a URL in the query", "/proxy?url=https://b.co/proxy/https://c.co/a"],
    ["a URL in the query of another path", "/x?/proxy/https://b.co/a"],
  ])("is none: %s", (_, path) => {
    expect(readRawForm(HOST + path)).toBeNull();
  });

  it("comes back byte for byte, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (rest) => {
        expect(readRawForm(`${HOST}/proxy/https://b.co/${rest}`)).toBe(`https://b.co/${rest}`);
      }),
    );
  });
});

describe("a signed URL that was pasted in without encoding", () => {
  const address = "https://bucket.s3.amazonaws.com/a%20b.mp4";

  it("is refused, and the error shows how to send it", () => {
    const error = problem(`url=${presigned(address)}`);
    expect(error.code).toBe("UNENCODED_URL");
    expect(error.message).toContain('"X-Amz-Credential"');
    const shown = /\/proxy\?(url=\S+)/.exec(error.message)?.[1] ?? "";
    expect(parseProxyQuery(shown).url).toMatch(/^https:\/\/bucket\.s3\.amazonaws\.com\/a%20b\.mp4\?X-Amz-Algorithm=/);
  });

  it.each([
    ["alone", `url=${presigned(address)}`],
    ["behind other fields", `hash=k&site=s&url=${presigned(address)}`],
    ["before other fields", `url=${presigned(address)}&hash=k`],
    ["with a field of the URL first", `url=${address}?versionId=1&${presigned("").slice(1)}`],
    ["encoded, beside a field that we do not know", `url=${encodeURIComponent(presigned(address))}&ttl=60`],
    ["half encoded, beside a field that we do not know", `url=${presigned(address).replaceAll("&", "%26")}&ttl=60`],
    ["without its url=", presigned(address)],
  ])("does not come back with its signature: %s", (_, query) => {
    const { message } = problem(query);
    expect(message).not.toContain(SIGNING.signature);
    expect(message).not.toContain(SIGNING.accessKey);
  });

  it("is not mistaken for one when it was encoded and the caller only added a field", () => {
    const error = problem(`url=${encodeURIComponent(presigned(address))}&ttl=60`);
    expect(error).toMatchObject({ code: "INVALID_FIELD", message: 'There is no parameter "ttl".' });
  });
});

describe("a custom key", () => {
  it.each(["k", "a/b c", "caf\u00e9", "\u{1f600}", "url-abc", "..", "a".repeat(MAX_CUSTOM_KEY_BYTES)])(
    "may be %j",
    (key) => {
      expect(checkCustomKey("hash", key)).toBe(key);
    },
  );

  it.each([
    ["empty", ""],
    ["with a null", "a\0b"],
    ["with a line break", "a\nb"],
    ["with a delete", "a\u007fb"],
    ["with a control character above ASCII", "a\u0085b"],
    ["with half of a surrogate pair", "a\ud800"],
    ["too long", "a".repeat(MAX_CUSTOM_KEY_BYTES + 1)],
    ["too long in bytes", "\u00e9".repeat(MAX_CUSTOM_KEY_BYTES / 2 + 1)],
  ])("is refused %s, in an error that names the field", (_, key) => {
    const error = errorOf(() => checkCustomKey("key", key));
    expect(error.code).toBe("INVALID_FIELD");
    expect(error.message).toMatch(/^key must /);
  });
});
