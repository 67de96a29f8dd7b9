import { describe, expect, it, vi } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { readSource } from "../../src/app/read-source.ts";
import { deliveryHeaders } from "../../src/core/http/delivery-headers.ts";
import { linkToken } from "../../src/core/link.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { presigned, SECOND } from "../core/samples.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { ask, HIT, MISS, readyWorld } from "./asking.ts";
import { get, linkTo, served } from "./delivered.ts";
import { DONE, wantedWorld } from "./wanted.ts";
import { ACME, failing, generationOf, HELLO, makeReady, makeWorld, sourceOf, tracesOf, URL_A, utf8 } from "./world.ts";

// The rows of THREATS that concern whom we ask, what we take of their answers, and where we send.

const ADDRESS = "https://bucket.s3.amazonaws.com/a.mp4";
const REFUSED: OriginScript = { status: 403 };

describe("THREATS 4: nothing is fetched, and nobody sent, where the tenant did not say", () => {
  const RULES: Tenant["originRules"] = [
    {
      scheme: "https",
      host: "files.example.com",
      port: 443,
      pathPrefix: "/",
      access: null,
      obeyPrivate: false,
      tags: [],
    },
    {
      scheme: "https",
      host: "169.254.169.254",
      port: 443,
      pathPrefix: "/",
      access: null,
      obeyPrivate: false,
      tags: [],
    },
    { scheme: "https", host: "[::1]", port: 443, pathPrefix: "/", access: null, obeyPrivate: false, tags: [] },
    { scheme: "https", host: "localhost", port: 443, pathPrefix: "/", access: null, obeyPrivate: false, tags: [] },
    { scheme: "https", host: "*.internal", port: 443, pathPrefix: "/", access: null, obeyPrivate: false, tags: [] },
    { scheme: "https", host: "2130706433", port: 443, pathPrefix: "/", access: null, obeyPrivate: false, tags: [] },
    {
      scheme: "http",
      host: "files.example.com",
      port: 80,
      pathPrefix: "/",
      access: null,
      obeyPrivate: false,
      tags: [],
    },
  ];

  it.each([
    ["another scheme", "http://files.example.com/a"],
    ["a scheme that is no web address", "ftp://files.example.com/a"],
    ["a file", "file:///etc/passwd"],
    ["data", "data:text/html,a"],
    ["another port", "https://files.example.com:8443/a"],
    ["the port of another scheme", "https://files.example.com:80/a"],
    ["a user and a password", "https://me:pw@files.example.com/a"],
    ["a host in the place of a user", "https://files.example.com@evil.example/a"],
    ["a host in the place of a password", "https://files.example.com:pw@evil.example/a"],
    ["a trailing dot", "https://files.example.com./a"],
    ["the address of a machine", "https://169.254.169.254/latest/meta-data"],
    ["the address as one number", "https://2130706433/a"],
    ["the address in octal", "https://0177.0.0.1/a"],
    ["the address in hexadecimal", "https://0x7f.1/a"],
    ["the address in short", "https://127.1/a"],
    ["the address in IPv6", "https://[::1]/a"],
    ["IPv4 inside of IPv6", "https://[::ffff:169.254.169.254]/a"],
    ["this machine by name", "https://localhost/a"],
    ["a name of a private network", "https://metadata.google.internal/a"],
    ["a host that is not on the list", "https://evil.example/a"],
    ["a backslash for a slash", "https://evil.example\\@files.example.com/a"],
    ["a line break", "https://files.example.com/\r\nHost: evil.example"],
  ])("THREATS 4: %s is refused, though a rule names it", async (_, url) => {
    const tenant: Tenant = { ...ACME, originRules: RULES };
    const refused = { code: expect.stringMatching(/^(?:ORIGIN_NOT_ALLOWED|INVALID_FIELD)$/) };
    await expect(readSource(tenant, url, null, false)).rejects.toMatchObject(refused);
    await expect(readSource(tenant, url, "movie", false)).rejects.toMatchObject(refused);
  });

  it("THREATS 4: a redirect of the origin's to what is not on the list is followed by no fill and no probe", async () => {
    const elsewhere = { status: 302, headers: { location: "https://169.254.169.254/" } };
    const { world, key, message } = await wantedWorld(elsewhere);
    await fill(message, 1, world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "REDIRECT_NOT_ALLOWED" } });
    expect(await world.prove(ACME.id, (await sourceOf()).url)).toEqual({ allowed: false });
    expect(world.origin.calls.map(({ url }) => url)).toEqual([URL_A, URL_A]);
  });
});

describe("THREATS 6: we redirect to what is allowed, and nowhere else", () => {
  it("THREATS 6: a download is sent to its own URL or to a copy of ours, whatever is broken", async () => {
    for (const make of [makeWorld, readyWorld]) {
      const world = await make();
      const broken = [world, { ...world, index: failing(world.index) }, { ...world, ledger: failing(world.ledger) }];
      for (const parts of broken) {
        const { location } = await ask(parts);
        expect(location === URL_A || location.startsWith("https://edge.test/acme/")).toBe(true);
      }
    }
  });

  it("THREATS 6: a token that we did not make leads nowhere", async () => {
    const world = makeWorld();
    const { key } = await sourceOf();
    const evil = linkTo({ key, generation: "gone", originUrl: "https://evil.example/" });
    const forged = btoa(JSON.stringify(evil)).replaceAll("=", "");
    await expect(get(world, forged)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
    const token = await linkToken(world.ring, { ...evil, originUrl: URL_A });
    expect(await get(world, token)).toEqual({ location: URL_A, cors: null });
    for (let at = 0; at < token.length; at += 7) {
      const changed = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
      await expect(get(world, changed)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
    }
  });
});

describe("THREATS 11 and 12: what is no whole answer for everybody is not stored", () => {
  it.each<[string, OriginScript]>([
    ["THREATS 11: 204", { status: 204 }],
    [
      "THREATS 11: 206, though it has all bytes",
      { ...HELLO, status: 206, headers: { "content-range": "bytes 0-4/5" } },
    ],
    ["THREATS 11: 304", { status: 304 }],
    ["THREATS 11: 400", { status: 400, body: utf8("<Error/>") }],
    ["THREATS 11: 403", { status: 403, body: utf8("<Error/>") }],
    ["THREATS 11: 404", { status: 404, body: utf8("no such key") }],
    ["THREATS 11: 416", { status: 416 }],
    ["THREATS 11: 500", { status: 500, body: utf8("oops") }],
    ["THREATS 11: 503", { status: 503 }],
    ["THREATS 11: nothing of unknown length", { status: 200, headers: { "content-length": null } }],
    ["THREATS 12: an answer that varies by cookie", { ...HELLO, headers: { vary: "Cookie" } }],
    [
      "THREATS 12: an answer that varies by more than encoding",
      { ...HELLO, headers: { vary: "accept-encoding, accept" } },
    ],
    ["THREATS 12: an answer that varies by everything", { ...HELLO, headers: { vary: "*" } }],
  ])("%s is stored nowhere, and opens nothing", async (_, script) => {
    const { world, key, message } = await wantedWorld(script);
    await fill(message, 1, world);
    expect(tracesOf(world, key)).toEqual([]);
    expect(await ask(world)).toMatchObject({ location: URL_A });
  });

  it("THREATS 11: an object of no bytes is stored, since the origin says that it has none", async () => {
    const { world, key, message } = await wantedWorld({ status: 200, headers: { "content-length": "0" } });
    expect(await fill(message, 1, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { size: 0 } });
  });

  it("THREATS 11: a no is remembered for one URL, and for half a minute", async () => {
    const world = await readyWorld();
    const again = presigned(ADDRESS, { signature: "0".repeat(64) });
    world.origin.answers.set(URL_A, REFUSED).set(again, HELLO);
    expect(await ask(world)).toMatchObject({ cacheStatus: MISS });
    expect(await ask(world, { url: again })).toMatchObject({ cacheStatus: HIT });
    world.origin.answers.set(URL_A, HELLO);
    world.clock.advance(30 * SECOND);
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
  });
});

describe("THREATS 13 and 14: an origin's headers do no harm on our host", () => {
  it.each(["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "text/javascript"])(
    "THREATS 13: a link that makes %s of a file makes a download of it, in a sandbox",
    async (contentType) => {
      const world = makeWorld();
      const { key, copy } = await makeReady(world, await sourceOf());
      const presentation = { contentType, contentDisposition: "inline", contentLanguage: null };
      const link = linkTo({ key, generation: copy.generation, presentation });
      const { plan, terms } = await served(world, link);
      expect(deliveryHeaders(plan, terms)).toMatchObject({
        "Content-Disposition": "attachment",
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
      });
    },
  );

  it("THREATS 13: a type behind a valid signature that does not cover it shows nothing", async () => {
    const world = makeWorld();
    const url = "https://storage.googleapis.com/bucket/a?GoogleAccessId=a%40b.co&Expires=1795179600&Signature=c2ln";
    const html = `${url}&response-content-type=text/html`;
    world.origin.answers.set(url, HELLO).set(html, HELLO);
    await makeReady(world, await sourceOf(url));
    const sign = vi.spyOn(world.links.edge, "sign");
    expect(await ask(world, { url: html })).toMatchObject({ cacheStatus: HIT });
    expect(sign.mock.lastCall?.[0]).toMatchObject({ presentation: null });
  });

  it("THREATS 14: a cookie is stored with nothing and served with nothing", async () => {
    const { world, key, message } = await wantedWorld({ ...HELLO, headers: { "set-cookie": "session=hunter2" } });
    await fill(message, 1, world);
    expect(JSON.stringify([...world.store.objects.values()].map(({ headers }) => headers))).not.toContain("hunter2");
    const { plan, terms } = await served(world, linkTo({ key, generation: await generationOf(world, key) }));
    expect(JSON.stringify(deliveryHeaders(plan, terms))).not.toContain("hunter2");
  });
});
