import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBase64Url } from "../../src/core/crypto/base64url.ts";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { seal } from "../../src/core/crypto/seal.ts";
import { entryKeyOf } from "../../src/core/entry-key.ts";
import {
  briefLinkExpiry,
  fileName,
  LINK_LIFE_MS,
  LINK_WINDOW_MS,
  type Link,
  linkExpiry,
  linkToken,
  readLinkToken,
} from "../../src/core/link.ts";
import type { Presentation } from "../../src/core/presentation.ts";
import { MINUTE, NOON, presigned, SIGNING, tenantId } from "./samples.ts";

const parsedRing = parseKeyRing(`1:${toBase64Url(new Uint8Array(32).fill(1))}`);
if (!parsedRing) throw new Error("the ring does not parse");
const RING = parsedRing;

const LINK: Link = {
  key: entryKeyOf(tenantId("acme"), "a".repeat(43)),
  generation: "generation-1",
  expiresAt: NOON,
  originUrl: presigned("https://b.co/a"),
  presentation: null,
  network: null,
  epoch: 3,
  sha256: "ab".repeat(32),
  size: 10,
  rule: 7,
};

const SHOWN: Presentation = { contentType: "text/csv", contentDisposition: "attachment", contentLanguage: "de" };

describe("the end of a link", () => {
  it("is a window's end, at least its life away and less than a window later", () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000_000), (now) => {
        const end = linkExpiry(now);
        expect(end % LINK_WINDOW_MS).toBe(0);
        expect(end).toBeGreaterThanOrEqual(now + LINK_LIFE_MS);
        expect(end).toBeLessThan(now + LINK_LIFE_MS + LINK_WINDOW_MS);
      }),
    );
  });

  it("comes within five to ten minutes where the origin may withdraw its word", () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000_000), (now) => {
        const end = briefLinkExpiry(now);
        expect(end % (5 * MINUTE)).toBe(0);
        expect(end).toBeGreaterThanOrEqual(now + 5 * MINUTE);
        expect(end).toBeLessThan(now + 10 * MINUTE);
      }),
    );
  });

  it("is the same all through a window", () => {
    expect(linkExpiry(NOON + 1)).toBe(linkExpiry(NOON + LINK_WINDOW_MS));
    expect(linkExpiry(NOON + 1)).not.toBe(linkExpiry(NOON));
  });

  it("is never after anything that the link stands for", () => {
    const end = fc.option(fc.nat(4_000_000_000_000));
    fc.assert(
      fc.property(fc.nat(4_000_000_000_000), fc.array(end), (now, ends) => {
        const expiry = linkExpiry(now, ...ends);
        for (const one of ends) if (one !== null) expect(expiry).toBeLessThanOrEqual(one);
        expect(expiry).toBeLessThanOrEqual(linkExpiry(now));
      }),
    );
  });

  it.each([
    ["the origin link's, where that is sooner", [NOON + 5 * MINUTE], NOON + 5 * MINUTE],
    ["the entry's, where that is sooner still", [NOON + 5 * MINUTE, NOON + MINUTE], NOON + MINUTE],
    ["its own, where the origin link lives longer", [NOON + 5 * LINK_LIFE_MS], NOON + LINK_LIFE_MS],
    ["its own, where nothing else ends", [null, null], NOON + LINK_LIFE_MS],
  ])("is %s", (_, ends, expected) => {
    expect(linkExpiry(NOON, ...ends)).toBe(expected);
  });
});

describe("a token", () => {
  it("leads back to its link", async () => {
    const link: fc.Arbitrary<Link> = fc.record({
      key: fc.tuple(fc.string(), fc.string()).map(([tenant, id]) => entryKeyOf(tenantId(tenant), id)),
      generation: fc.string(),
      expiresAt: fc.nat(Number.MAX_SAFE_INTEGER),
      originUrl: fc.option(fc.webUrl()),
      presentation: fc.option(
        fc.record({
          contentType: fc.option(fc.string()),
          contentDisposition: fc.option(fc.string()),
          contentLanguage: fc.option(fc.string()),
        }),
      ),
      network: fc.option(fc.constantFrom("192.0.2.7/32", "2001:db8::/64")),
      epoch: fc.maxSafeNat(),
      size: fc.option(fc.maxSafeNat()),
      rule: fc.option(fc.nat()),
      sha256: fc.option(fc.constantFrom("00".repeat(32), "ff".repeat(32))),
    });
    await fc.assert(
      fc.asyncProperty(link, async (one) => {
        expect(await readLinkToken(RING, await linkToken(RING, one))).toEqual(one);
      }),
    );
  });

  it("is the same for the same link, so that browsers keep the file, and another for any other", async () => {
    const token = await linkToken(RING, LINK);
    expect(await linkToken(RING, { ...LINK })).toBe(token);
    const others: Partial<Link>[] = [
      { key: entryKeyOf(tenantId("other"), LINK.key.id) },
      { key: entryKeyOf(LINK.key.tenant, "b".repeat(43)) },
      { generation: "generation-2" },
      { expiresAt: NOON + 1 },
      { originUrl: null },
      { presentation: SHOWN },
      { presentation: { ...SHOWN, contentType: null } },
      { presentation: { contentType: "de", contentDisposition: "attachment", contentLanguage: "text/csv" } },
      { network: "192.0.2.7/32" },
      { network: "192.0.2.8/32" },
      { epoch: 4 },
      { sha256: "cd".repeat(32) },
      { sha256: null },
      { size: 11 },
      { size: null },
      { rule: 8 },
      { rule: null },
    ];
    const tokens = await Promise.all(others.map((changes) => linkToken(RING, { ...LINK, ...changes })));
    expect(new Set([token, ...tokens]).size).toBe(others.length + 1);
  });

  it("does not show the origin's URL", async () => {
    const token = await linkToken(RING, LINK);
    const decoded = Buffer.from(token, "base64url").toString("latin1");
    for (const secret of [SIGNING.signature, "b.co", "acme"]) expect(token + decoded).not.toContain(secret);
  });

  it("does not show what is in the copy, nor how often the tenant has withdrawn its links", async () => {
    const token = await linkToken(RING, { ...LINK, epoch: 12345 });
    const decoded = Buffer.from(token, "base64url").toString("latin1");
    for (const text of ["12345", "ab".repeat(8)]) expect(token + decoded).not.toContain(text);
  });

  it("does not show how the copy is presented, nor from where it may be fetched", async () => {
    const token = await linkToken(RING, { ...LINK, presentation: SHOWN, network: "192.0.2.7/32" });
    const decoded = Buffer.from(token, "base64url").toString("latin1");
    for (const text of ["text/csv", "attachment", "192.0.2.7"]) expect(token + decoded).not.toContain(text);
  });

  it("leads nowhere when any of its characters is changed, gone or added", async () => {
    const token = await linkToken(RING, LINK);
    for (let index = 0; index < token.length; index++) {
      const other = token[index] === "A" ? "B" : "A";
      expect(await readLinkToken(RING, token.slice(0, index) + other + token.slice(index + 1))).toBeNull();
    }
    expect(await readLinkToken(RING, token.slice(1))).toBeNull();
    expect(await readLinkToken(RING, token.slice(0, -1))).toBeNull();
    expect(await readLinkToken(RING, `${token}A`)).toBeNull();
    expect(await readLinkToken(RING, "")).toBeNull();
  });

  it("leads nowhere when it was sealed for another purpose", async () => {
    const { key, generation, expiresAt, originUrl, epoch, sha256, size, rule } = LINK;
    const fields = [key.tenant, key.id, generation, expiresAt, originUrl, null, null, epoch, sha256, size, rule];
    const text = JSON.stringify(fields);
    expect(await readLinkToken(RING, await seal(RING, "link", text))).toEqual(LINK);
    expect(await readLinkToken(RING, await seal(RING, "stored-url", text))).toBeNull();
    expect(await readLinkToken(RING, await seal(RING, "link", text, "elsewhere"))).toBeNull();
  });

  it("of the version before opens as a link of the first epoch, of which neither digest nor length is known", async () => {
    const { key, generation, expiresAt, originUrl } = LINK;
    const before = [key.tenant, key.id, generation, expiresAt, originUrl, null];
    for (const network of [null, "192.0.2.7/32"]) {
      const token = await seal(RING, "link", JSON.stringify([...before, network]));
      expect(await readLinkToken(RING, token)).toEqual({
        ...LINK,
        network,
        epoch: 0,
        sha256: null,
        size: null,
        rule: null,
      });
    }
  });

  it("still tells its link after its end: the caller compares the time", async () => {
    expect((await readLinkToken(RING, await linkToken(RING, { ...LINK, expiresAt: 0 })))?.expiresAt).toBe(0);
  });
});

describe("the name of a file", () => {
  it.each([
    ["/a/b.mp4", "b.mp4"],
    ["/b.mp4", "b.mp4"],
    ["/a/caf%C3%A9%20b.mp4", "caf%C3%A9%20b.mp4"],
    ["/a/b%2Fc", "b%2Fc"],
    ["/a/b+c=d,e;f", "b+c=d,e;f"],
    ["/a//b", "b"],
    ['/a/b"c<d>', "b_c_d_"],
    ["/a/caf\u00e9", "caf_"],
    ["/a/", "file"],
    ["/", "file"],
    ["", "file"],
    ["/a/.", "file"],
    ["/a/..", "file"],
    ["/a/%2e%2E", "file"],
    ["/a/.b", ".b"],
  ])("of %j is %j", (path, name) => {
    expect(fileName(path)).toBe(name);
  });

  it("never changes which token a client asks for", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'/.%2eEaF?#\\ \n"é@:') }), (path) => {
        const url = new URL(`https://edge.example.com/f/TOKEN/${fileName(path)}`);
        expect(url.pathname).toBe(`/f/TOKEN/${fileName(path)}`);
        expect(url.search + url.hash).toBe("");
      }),
    );
  });
});
