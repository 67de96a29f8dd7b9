import { describe, expect, it, vi } from "vitest";
import { openSource, SourceRefused } from "../../src/app/open-source.ts";
import { parseRawUrl, type RawUrl } from "../../src/core/origin-url/raw-url.ts";
import type { OriginRule } from "../../src/core/tenant.ts";
import { fakeOrigin, type OriginScript } from "../fakes/origin.ts";
import { ACME, HELLO, utf8 } from "./world.ts";

const RULE = ACME.originRules[0] as OriginRule;
const RULES: readonly OriginRule[] = [
  { ...RULE, host: "files.example.com" },
  { ...RULE, host: "media.example.com", pathPrefix: "/open/" },
  { ...RULE, host: "plain.example.com", scheme: "http", port: 80 },
];
const START = "https://files.example.com/dir/a.mp4?sig=secret";
const patient = new AbortController().signal;

function raw(text: string): RawUrl {
  const url = parseRawUrl(text);
  if (typeof url === "string") throw new Error(`${text}: ${url}`);
  return url;
}

const to = (location: string | null, status = 302): OriginScript => ({ status, headers: { location } });

function sourceOf(answers: Readonly<Record<string, OriginScript>>, local = false) {
  const origin = fakeOrigin();
  for (const [url, script] of Object.entries(answers)) origin.answers.set(url, script);
  const open = (fields = {}) => openSource(raw(START), fields, { rules: RULES, local, origin }, patient);
  return { origin, open, asked: () => origin.calls.map(({ url }) => url) };
}

const refusal = async (opened: Promise<unknown>) =>
  await opened.then(
    () => null,
    (error: unknown) => (error instanceof SourceRefused ? error : null),
  );

describe("an origin that answers", () => {
  it.each([200, 206, 300, 304, 305, 403, 404, 412, 500])(
    "%i is an answer, and its URL the one asked",
    async (status) => {
      const { open, asked } = sourceOf({ [START]: { ...HELLO, status, headers: { location: "/elsewhere" } } });
      const { answer, url } = await open();
      expect([answer.status, url.text]).toEqual([status, START]);
      expect(asked()).toEqual([START]);
    },
  );

  it("gets the fields, and its body is the caller's to read", async () => {
    const { open, origin } = sourceOf({ [START]: HELLO });
    const { answer } = await open({ range: "bytes=1-3", ifMatch: '"hello-1"' });
    expect(await new Response(answer.body).text()).toBe("ell");
    expect(origin.calls).toEqual([{ what: "open", url: START, fields: { range: "bytes=1-3", ifMatch: '"hello-1"' } }]);
  });

  it("not at all: what the port threw is passed on", async () => {
    const error = new Error("connection lost");
    await expect(sourceOf({ [START]: { status: 0, error } }).open()).rejects.toBe(error);
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])("by %i is followed to what answers, its URL told", async (status) => {
    const target = "https://files.example.com/dir/b.mp4?sig=another";
    const { open } = sourceOf({ [START]: to("b.mp4?sig=another", status), [target]: HELLO });
    const { answer, url } = await open();
    expect([answer.status, url]).toEqual([200, raw(target)]);
  });

  it("gets the same fields at every hop", async () => {
    const target = "https://media.example.com/open/a";
    const { open, origin } = sourceOf({ [START]: to(target), [target]: HELLO });
    const fields = { range: "bytes=0-1", ifNoneMatch: '"old"' };
    expect((await open(fields)).answer.status).toBe(206);
    expect(origin.calls.map((call) => call.fields)).toEqual([fields, fields]);
  });

  it("is resolved against the URL that sent it, not against the first", async () => {
    const second = "https://media.example.com/open/x/1";
    const third = "https://media.example.com/open/x/2";
    const { open } = sourceOf({ [START]: to(second), [second]: to("2"), [third]: HELLO });
    expect((await open()).url.text).toBe(third);
  });

  it("has its body let go", async () => {
    const cancel = vi.fn();
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({ cancel });
    const { open } = sourceOf({ [START]: { ...to("/b"), body }, "https://files.example.com/b": HELLO });
    await open();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("goes on for five hops, and not for six", async () => {
    const hop = (number: number) => `https://files.example.com/${number}`;
    const hops = { [START]: to("/1"), [hop(1)]: to("/2"), [hop(2)]: to("/3"), [hop(3)]: to("/4"), [hop(4)]: to("/5") };
    expect((await sourceOf({ ...hops, [hop(5)]: HELLO }).open()).url.text).toBe(hop(5));
    const { open, asked } = sourceOf({ ...hops, [hop(5)]: to("/6"), [hop(6)]: HELLO });
    const error = await refusal(open());
    expect([error?.code, error?.message]).toEqual(["REDIRECT_REFUSED", "The origin redirected more than 5 times."]);
    expect(asked()).toHaveLength(6);
  });

  it("in a circle ends", async () => {
    const { open, asked } = sourceOf({ [START]: to(START) });
    expect((await refusal(open()))?.code).toBe("REDIRECT_REFUSED");
    expect(asked()).toHaveLength(6);
  });

  it.each([
    ["without a Location", null],
    ["with an empty one", ""],
    ["with a fragment alone", "#top"],
    ["to another scheme", "ftp://files.example.com/"],
    ["to a URL with a password", "https://me:secret@files.example.com/"],
    ["to what is no URL", "/a b"],
  ])("%s is refused, and tells no text of it", async (_, location) => {
    const { open, asked } = sourceOf({ [START]: to(location) });
    const error = await refusal(open());
    expect(error?.code).toBe("REDIRECT_REFUSED");
    expect(error?.message).not.toContain("secret");
    expect(asked()).toEqual([START]);
  });
});

describe("a redirect off the allow-list", () => {
  it.each([
    ["to a foreign host", "https://evil.example/?token=secret"],
    ["to a foreign host by a short form", "//evil.example/secret"],
    ["to a host that only looks alike", "https://files.example.com.evil.example/secret"],
    ["to another port", "https://files.example.com:8443/secret"],
    ["beside an allowed prefix", "https://media.example.com/secret"],
    ["out of an allowed prefix", "https://media.example.com/open/../secret"],
    ["to http, where the rule says https", "http://files.example.com/secret"],
    ["to http, though a rule says so: that is for local development", "http://plain.example.com/secret"],
    ["to a private address", "https://169.254.169.254/secret"],
    ["to this machine", "https://localhost/secret"],
  ])("%s is refused, and not asked", async (_, location) => {
    const { open, asked } = sourceOf({ [START]: to(location) });
    const error = await refusal(open());
    expect(error?.code).toBe("REDIRECT_NOT_ALLOWED");
    expect(error?.message).toMatch(/^The origin redirected to https?:\/\/\S+, which the allow-list refuses\.$/);
    expect(error?.message).not.toContain("secret");
    expect(asked()).toEqual([START]);
  });

  it("is refused at any hop, and lets that answer's body go", async () => {
    const cancel = vi.fn();
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({ cancel });
    const second = "https://media.example.com/open/x";
    const { open, asked } = sourceOf({ [START]: to(second), [second]: { ...to("https://evil.example/"), body } });
    expect((await refusal(open()))?.message).toContain("https://evil.example,");
    expect(asked()).toEqual([START, second]);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("does not hold for http on the local stack, where a rule allows it", async () => {
    const { open } = sourceOf({ [START]: to("http://plain.example.com/a"), "http://plain.example.com/a": HELLO }, true);
    expect((await open()).url.text).toBe("http://plain.example.com/a");
  });
});

describe("the signal", () => {
  it("ends it between two hops, and its reason is told", async () => {
    const controller = new AbortController();
    const origin = fakeOrigin();
    const reason = new Error("no longer wanted");
    origin.answers.set(START, () => {
      queueMicrotask(() => controller.abort(reason));
      return new Promise(() => {});
    });
    const parts = { rules: RULES, local: false, origin };
    await expect(openSource(raw(START), {}, parts, controller.signal)).rejects.toBe(reason);
  });

  it("ends the body of what answered", async () => {
    const controller = new AbortController();
    const origin = fakeOrigin();
    const stalling = new ReadableStream({ start: (stream) => stream.enqueue(utf8("h")) });
    origin.answers.set(START, { ...HELLO, body: stalling });
    const { answer } = await openSource(raw(START), {}, { rules: RULES, local: false, origin }, controller.signal);
    const text = new Response(answer.body).text();
    controller.abort(new Error("no longer wanted"));
    await expect(text).rejects.toThrow("no longer wanted");
  });
});
