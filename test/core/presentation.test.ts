import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClassifiedParameter, OriginUrl } from "../../src/core/origin-url/origin-url.ts";
import { readOriginUrl } from "../../src/core/origin-url/origin-url.ts";
import { overriddenFields, type Presentation, presentationOf, presented } from "../../src/core/presentation.ts";
import { presigned } from "./samples.ts";

const NONE: Presentation = { contentType: null, contentDisposition: null, contentLanguage: null };

type Kind = Partial<Pick<ClassifiedParameter, "class" | "signed">>;

/** A URL of which these are the presentational parameters, all of them signed unless told otherwise. */
function urlWith(query: string, kind: Kind = {}): OriginUrl {
  const url = readOriginUrl(`https://bucket.s3.amazonaws.com/a.mp4?${query}`);
  if (typeof url === "string") throw new Error(url);
  const parameters = url.raw.parameters.map((parameter) => {
    return { ...parameter, class: "presentational", signed: true, ...kind } as const;
  });
  return { ...url, parameters };
}

/** What a link that was accepted asks for. */
const shown = (query: string, kind: Kind = {}) => presentationOf(urlWith(query, kind), true);

describe("a link asks for another presentation", () => {
  it.each<[string, string, Partial<Presentation>]>([
    ["S3, the type", "response-content-type=text%2Fcsv", { contentType: "text/csv" }],
    ["S3, the language", "response-content-language=de-DE", { contentLanguage: "de-DE" }],
    ["S3, the disposition", "response-content-disposition=inline", { contentDisposition: "inline" }],
    ["S3, in other letters", "Response-Content-Type=text%2Fcsv", { contentType: "text/csv" }],
    ["Azure, the type", "rsct=text%2Fcsv", { contentType: "text/csv" }],
    ["Azure, the language", "rscl=fr", { contentLanguage: "fr" }],
    ["Azure, the disposition", "rscd=inline", { contentDisposition: "inline" }],
    ["Baidu, the type", "responseContentType=text%2Fcsv", { contentType: "text/csv" }],
    ["Backblaze, the type", "b2ContentType=text%2Fcsv", { contentType: "text/csv" }],
    ["Backblaze, the disposition", "b2ContentDisposition=inline", { contentDisposition: "inline" }],
    ["Oracle, the disposition", "httpResponseContentDisposition=inline", { contentDisposition: "inline" }],
    ["Qiniu, the name to save as", "attname=a.zip", { contentDisposition: "attachment; filename*=UTF-8''a.zip" }],
    ["Swift, the name to save as", "filename=a.zip", { contentDisposition: "attachment; filename*=UTF-8''a.zip" }],
    ["Supabase, the name to save as", "download=a.zip", { contentDisposition: "attachment; filename*=UTF-8''a.zip" }],
    ["Supabase, to be saved at all", "download=", { contentDisposition: "attachment" }],
    ["Supabase, to be saved at all, without a value", "download", { contentDisposition: "attachment" }],
    [
      "several of them at once",
      "response-content-type=text%2Fcsv&response-content-language=de&response-content-disposition=inline",
      { contentType: "text/csv", contentLanguage: "de", contentDisposition: "inline" },
    ],
  ])("of %s", (_, query, fields) => {
    expect(shown(query)).toEqual({ ...NONE, ...fields });
  });

  it.each([
    ["a plus as a space", "rscd=attachment;+filename=a+b.zip", "attachment; filename=a b.zip"],
    ["an encoded plus as a plus", "rscd=attachment%3B%20filename%3Da%2Bb.zip", "attachment; filename=a+b.zip"],
    ["what follows a second equals sign", 'rscd=attachment;filename="a.zip"', 'attachment;filename="a.zip"'],
    ["a bad percent-encoding as it stands", "rscd=attachment;filename=50%.zip", "attachment;filename=50%.zip"],
  ])("and its query is read as one: %s", (_, query, contentDisposition) => {
    expect(shown(query)).toEqual({ ...NONE, contentDisposition });
  });

  it.each([
    ["spaces and quotes", "attname=a%20%22b%22'(1)*.zip", "attachment; filename*=UTF-8''a%20%22b%22%27%281%29%2A.zip"],
    ["letters outside ASCII", "attname=caf%C3%A9.zip", "attachment; filename*=UTF-8''caf%C3%A9.zip"],
    ["a line break", "attname=a%0D%0ASet-Cookie:b", "attachment; filename*=UTF-8''a%0D%0ASet-Cookie%3Ab"],
    ["a plus for a space", "attname=a+b", "attachment; filename*=UTF-8''a%20b"],
  ])("by a file's name, which is encoded whatever is in it: %s", (_, query, contentDisposition) => {
    expect(shown(query)).toEqual({ ...NONE, contentDisposition });
  });
});

describe("a link does not ask for another presentation", () => {
  it.each([
    ["without such a parameter", "", {}],
    ["by parameters that select other bytes", "response-content-type=text%2Fcsv", { class: "significant" } as const],
    ["by parameters that nobody takes notice of", "response-content-type=a", { class: "ignored" } as const],
    [
      "by a presentational parameter that means another field",
      "response-expires=0&response-cache-control=no-store",
      {},
    ],
    ["by an empty value", "response-content-type=", {}],
  ])("%s", (_, query, kind) => {
    expect(shown(query, kind)).toBeNull();
  });

  it.each([
    ["a line break", "a%0D%0ASet-Cookie%3A%20b"],
    ["a bare line feed", "a%0A"],
    ["a null", "a%00"],
    ["a delete", "a%7F"],
    ["a letter outside ASCII", "%C3%A9"],
    ["half of an encoding", "a\ud800"],
  ])("by a value that no header may hold: %s", (_, value) => {
    const fields = ["response-content-type", "response-content-language", "response-content-disposition"];
    for (const field of fields) expect(shown(`${field}=${value}`)).toBeNull();
    expect(shown(`rsct=${value}&rscl=de`)).toEqual({ ...NONE, contentLanguage: "de" });
  });

  it.each<[string, Kind, boolean]>([
    ["that no signature covers", { signed: false }, true],
    ["whose signature nobody has checked", { signed: true }, false],
    ["of which neither holds", { signed: false }, false],
  ])("by parameters %s, unless it makes the answer a download", (_, kind, vouched) => {
    const ask = (query: string) => presentationOf(urlWith(query, kind), vouched);
    for (const query of [
      "response-content-type=text%2Fhtml",
      "response-content-language=de",
      "response-content-disposition=inline",
      "rscd=x-attachment",
      "rscd=%22attachment%22",
    ]) {
      expect(ask(query)).toBeNull();
    }
    expect(ask("response-content-type=text%2Fhtml&rscd=attachment")).toEqual({
      ...NONE,
      contentDisposition: "attachment",
    });
    expect(ask("rscd=ATTACHMENT%3B%20filename%3Da")).toMatchObject({ contentDisposition: "ATTACHMENT; filename=a" });
    expect(ask("download=a.zip")).toMatchObject({ contentDisposition: "attachment; filename*=UTF-8''a.zip" });
  });

  it("by anything unsigned that could make the answer more dangerous", () => {
    const name = fc.constantFrom("response-content-type", "rsct", "rscd", "rscl", "attname", "filename", "download");
    const value = fc.string({ unit: "binary" }).map(encodeURIComponentLeniently);
    fc.assert(
      fc.property(name, value, (parameter, text) => {
        const found = presentationOf(urlWith(`${parameter}=${text}`, { signed: false }), true);
        if (!found) return;
        expect(found).toMatchObject({ contentType: null, contentLanguage: null });
        expect(found.contentDisposition).toMatch(/^\s*attachment\b[\x20-\x7e]*$/i);
      }),
    );
  });
});

function encodeURIComponentLeniently(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

describe("a stored copy", () => {
  const STORED = { contentType: "video/mp4", contentDisposition: null, contentLanguage: "en", etag: '"a"' };

  it("is shown as it is to whoever asks for nothing else", () => {
    expect(presented(STORED, null)).toBe(STORED);
    expect(presented(STORED, NONE)).toEqual(STORED);
  });

  it("is shown with the fields that a link asks for, and keeps all others", () => {
    const wanted = { ...NONE, contentType: "text/plain", contentDisposition: "attachment" };
    expect(presented(STORED, wanted)).toEqual({ ...STORED, ...wanted, contentLanguage: "en" });
    expect(STORED).toMatchObject({ contentType: "video/mp4", contentDisposition: null });
  });
});

describe("the fields of an origin's answer that are its URL's own", () => {
  it.each<[string, string, (keyof Presentation)[]]>([
    ["none", "versionId=1", []],
    ["the disposition", "response-content-disposition=attachment", ["contentDisposition"]],
    ["each that was asked for", "rsct=a&rscl=b&rscd=c", ["contentType", "contentLanguage", "contentDisposition"]],
    ["also those that no header of ours could hold", "rscd=%0A", ["contentDisposition"]],
    ["the disposition, asked for by a file's name", "attname=a.zip", ["contentDisposition"]],
  ])("are %s", (_, query, fields) => {
    expect(overriddenFields(urlWith(query))).toEqual(new Set(fields));
  });

  it("are not those that select other bytes", () => {
    expect(overriddenFields(urlWith("response-content-disposition=inline", { class: "significant" })).size).toBe(0);
  });
});

describe("of links as providers make them", () => {
  const policy = (resource: string) => {
    const condition = { DateLessThan: { "AWS:EpochTime": 1795179600 } };
    const text = JSON.stringify({ Statement: [{ Resource: resource, Condition: condition }] });
    return btoa(text).replaceAll("+", "-").replaceAll("=", "_").replaceAll("/", "~");
  };
  const XET = "https://cas-bridge.xethub.hf.co/xet-bridge-us/5f/abc";
  const LINKS = {
    "S3 SigV4": presigned("https://bucket.s3.amazonaws.com/a?response-content-disposition=inline"),
    "S3 SigV2":
      "https://bucket.s3.amazonaws.com/a?AWSAccessKeyId=A&Expires=1795179600&Signature=c2ln&response-content-disposition=inline",
    "GCS V2":
      "https://storage.googleapis.com/bucket/a?GoogleAccessId=a%40b.co&Expires=1795179600&Signature=c2ln&response-content-disposition=inline&response-content-type=text%2Fhtml",
    "an Azure service SAS":
      "https://acct.blob.core.windows.net/c/b?sv=2023-01-03&sr=b&sp=r&se=2026-11-20T13%3A00%3A00Z&sig=c2ln&rscd=inline",
    "an Azure account SAS":
      "https://acct.blob.core.windows.net/c/b?sv=2023-01-03&ss=b&srt=o&sp=r&se=2026-11-20T13%3A00%3A00Z&sig=c2ln&rscd=inline",
    Qiniu: `https://cdn.example.com/a?attname=b.zip&e=1795179600&token=abcdef:${"a".repeat(27)}%3D`,
    Supabase: `https://abcdefghijkl.supabase.co/storage/v1/object/sign/b/a?token=e30.${btoa('{"exp":1795179600}').replaceAll("=", "")}.c2ln&download=b.zip`,
    Swift: `https://swift.example.com/v1/AUTH_a/c/o?temp_url_sig=${"a".repeat(40)}&temp_url_expires=1795179600&filename=b.zip`,
    CloudFront:
      "https://d111111abcdef8.cloudfront.net/a?response-content-disposition=inline&Expires=1795179600&Signature=c2ln&Key-Pair-Id=K2JCJMDEHXQW5F",
    "HuggingFace Xet, two signatures of which one covers the query": `${presigned(`${XET}?response-content-disposition=inline`)}&Expires=1795179600&Policy=${policy(`${XET}*`)}&Signature=c2ln&Key-Pair-Id=K2L8F4GPSG1IFC`,
  } as const;
  const SAVED = "attachment; filename*=UTF-8''b.zip";
  const OVERRIDE = /disposition|attname|rscd|download|filename/;

  function read(name: keyof typeof LINKS): OriginUrl {
    const url = readOriginUrl(LINKS[name]);
    if (typeof url === "string") throw new Error(url);
    expect(url).toMatchObject({ unstorable: null });
    return url;
  }

  it.each<[keyof typeof LINKS, string | null]>([
    ["S3 SigV4", "inline"],
    ["S3 SigV2", "inline"],
    ["GCS V2", null],
    ["an Azure service SAS", "inline"],
    ["an Azure account SAS", null],
    ["Qiniu", SAVED],
    ["Supabase", SAVED],
    ["Swift", SAVED],
    ["CloudFront", null],
    ["HuggingFace Xet, two signatures of which one covers the query", null],
  ])("%s: what counts is what the signature covers, or what makes the answer a download", (name, disposition) => {
    const shown = presentationOf(read(name), true);
    expect(shown?.contentDisposition ?? null).toBe(disposition);
    expect(shown?.contentType ?? null).toBeNull();
  });

  it.each<[keyof typeof LINKS]>([
    ["S3 SigV4"],
    ["S3 SigV2"],
    ["an Azure service SAS"],
    ["Qiniu"],
    ["HuggingFace Xet, two signatures of which one covers the query"],
  ])("%s: a disposition that the origin is asked for is no word of the object", (name) => {
    const url = read(name);
    expect(url.fetchText).toMatch(OVERRIDE);
    expect(overriddenFields(url)).toContain("contentDisposition");
  });

  it.each<[keyof typeof LINKS]>([["GCS V2"], ["an Azure account SAS"], ["Supabase"], ["Swift"]])(
    "%s: the origin is not asked for a disposition that no signature covers, so its own is kept",
    (name) => {
      const url = read(name);
      expect(url.fetchText).not.toMatch(OVERRIDE);
      expect(overriddenFields(url).size).toBe(0);
    },
  );
});
