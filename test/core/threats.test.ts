import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryKey, entryKeyOf, identityDigest, keyText } from "../../src/core/entry-key.ts";
import { type OriginUrl, readOriginUrl } from "../../src/core/origin-url/origin-url.ts";
import { allowingRule } from "../../src/core/origins/allow-list.ts";
import { parseOriginRule } from "../../src/core/origins/parse-rule.ts";
import { presigned, tenantId } from "./samples.ts";

// The rows of THREATS that the rules alone can answer; test/app/threats.test.ts has those that need the app.

const BUCKET = "https://bucket.s3.amazonaws.com";

function read(text: string): OriginUrl {
  const url = readOriginUrl(text);
  if (typeof url === "string") throw new Error(`${text}: ${url}`);
  return url;
}

/** Whether a rule lets a URL in; what is no URL of ours is not let in. */
function allows(rule: string, text: string): boolean {
  const parsed = parseOriginRule(rule, null);
  const url = readOriginUrl(text);
  if (!parsed) throw new Error(`${rule} is no rule`);
  return typeof url !== "string" && allowingRule([parsed], url.raw, false) !== null;
}

describe("THREATS 1: whoever chooses a key chooses no bytes with it", () => {
  it("THREATS 1: a key of the caller's own is no URL's key, whatever it says", async () => {
    const { identity } = read(presigned(`${BUCKET}/a`));
    const byUrl = await entryKey(tenantId("acme"), { by: "identity", identity });
    const digest = await identityDigest(identity);
    for (const key of [identity, digest, `identity\0${identity}`, `URL-${digest}`, `url-${digest}=`, byUrl.id]) {
      expect((await entryKey(tenantId("acme"), { by: "custom", key })).id).not.toBe(byUrl.id);
    }
  });

  it.each([
    ["host", "https://bucket.s3.amazonaws.com/a", "https://other.s3.amazonaws.com/a"],
    ["port", "https://files.example.com/a", "https://files.example.com:8443/a"],
    ["scheme", "https://files.example.com/a", "http://files.example.com/a"],
    ["bucket in the path", "https://s3.amazonaws.com/bucket/a", "https://s3.amazonaws.com/other/a"],
    ["store", "https://bucket.s3.amazonaws.com/a", "https://bucket.storage.googleapis.com/a"],
    ["version", `${BUCKET}/a?versionId=1`, `${BUCKET}/a?versionId=2`],
  ])("THREATS 1: another %s is another object", (_, one, other) => {
    expect(read(one).identity).not.toBe(read(other).identity);
  });
});

describe("THREATS 5: an allow-list is no broader than meant", () => {
  it.each([
    "https://hf.co.evil/a",
    "https://evilhf.co/a",
    "https://HF.CO./a",
    "https://hf.co./a",
    "https://cdn.hf.co./a",
    "https://hf.co/a",
    "https://cdn.hf.co.evil.example/a",
    "https://cdn-hf.co/a",
    "https://.hf.co/a",
    "https://cdn..hf.co/a",
    "https://cdn.hf.co@evil.example/a",
    "https://evil.example/cdn.hf.co/a",
    "https://evil.example?cdn.hf.co/a",
    "https://evil.example#.hf.co/a",
    "https://evil.example\\.hf.co/a",
    "https://cdn.hf.co%00.evil.example/a",
    "https://cdn.hf%2eco/a",
    "https://cdn.hf\u3002co/a",
    "https://cdn.hf.co:8443/a",
    "http://cdn.hf.co/a",
  ])("THREATS 5: *.hf.co does not let in %s", (text) => {
    expect(allows("https://*.hf.co", text)).toBe(false);
  });

  it.each(["https://cdn.hf.co/a", "https://a.b.hf.co/a", "https://CDN.HF.CO/a", "https://cdn.hf.co:443/a"])(
    "THREATS 5: *.hf.co lets in %s",
    (text) => {
      expect(allows("https://*.hf.co", text)).toBe(true);
    },
  );

  it("THREATS 5: a host without a star is that host alone", () => {
    expect(allows("https://hf.co", "https://HF.CO/a")).toBe(true);
    for (const host of ["cdn.hf.co", "hf.co.evil", "evilhf.co", "HF.CO.", "xhf.co", "hf.com", "hf-co"]) {
      expect(allows("https://hf.co", `https://${host}/a`)).toBe(false);
    }
  });

  it("THREATS 5: no host that only ends alike gets in", () => {
    const label = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
    fc.assert(
      fc.property(label, (text) => {
        expect(allows("https://*.hf.co", `https://${text}hf.co/a`)).toBe(false);
        expect(allows("https://*.hf.co", `https://cdn.hf.co${text}/a`)).toBe(false);
        expect(allows("https://*.hf.co", `https://cdn.hf.co.${text}/a`)).toBe(false);
      }),
    );
  });

  it.each([
    ["https://b.co/public/../private/a", "a way out"],
    ["https://b.co/public/%2e%2e/private/a", "a way out, encoded"],
    ["https://b.co/public/.%2E/private/a", "a way out, half encoded"],
    ["https://b.co/publicity/a", "a segment that begins alike"],
    ["https://b.co//public/a", "another beginning"],
    ["https://b.co/PUBLIC/a", "other letters"],
    ["https://b.co/public%2Fa", "an encoded slash, another object"],
  ])("THREATS 5: a prefix does not let in %s: %s", (text) => {
    expect(allows("https://b.co/public/", text)).toBe(false);
    expect(allows("https://b.co/public", text)).toBe(false);
  });
});

describe("THREATS 8: no two objects fold into one", () => {
  /** Keys of a store that mean different objects, though some reader of paths takes them for one. */
  const CORPUS = [
    ...["a/b", "a%2Fb", "a//b", "a/b/", "/a/b", "%2Fa/b", "a%5Cb", "a%252Fb"],
    ...["a+b", "a%2Bb", "a%20b", "a%2520b", "ab"],
    ...["a%00b", "a%00", "a", "a%0Ab", "a%09b"],
    // Composed and decomposed: one letter to people, two names to a store.
    ...["caf%C3%A9", "cafe%CC%81", "cafe"],
    ...["A", "a%3Fx=1", "a%23x", "a;x", "a,x", "a%25", "%25a"],
    ...[".a", "a.", "...", "a/...", "~a", "*"],
  ];

  it("THREATS 8: every one of the corpus has an identity of its own, and so an entry of its own", async () => {
    const identities = CORPUS.map((key) => read(presigned(`${BUCKET}/${key}`)).identity);
    expect(new Set(identities).size).toBe(CORPUS.length);
    const keys = identities.map((identity) => entryKey(tenantId("acme"), { by: "identity", identity }));
    expect(new Set((await Promise.all(keys)).map(keyText)).size).toBe(CORPUS.length);
  });

  it("THREATS 8: so it is behind a host that we do not know", () => {
    const identities = CORPUS.map((key) => read(`https://files.example.com/${key}`).identity);
    expect(new Set(identities).size).toBe(CORPUS.length);
  });

  it("THREATS 8: so it is where the bucket stands in the path", () => {
    const identities = CORPUS.map((key) => read(presigned(`https://s3.amazonaws.com/bucket/${key}`)).identity);
    expect(new Set(identities).size).toBe(CORPUS.length);
    expect(identities).toEqual(CORPUS.map((key) => read(presigned(`${BUCKET}/${key}`)).identity));
  });

  it.each([
    ["a%2fb", "a%2Fb"],
    ["%61", "a"],
    ["%7Ea", "~a"],
    ["%7ea", "~a"],
    ["a%2Eb", "a.b"],
    ["caf\u00e9", "caf%C3%A9"],
    ["cafe\u0301", "cafe%CC%81"],
  ])("THREATS 8: %s and %s are two spellings of one object", (one, other) => {
    expect(read(presigned(`${BUCKET}/${one}`)).identity).toBe(read(presigned(`${BUCKET}/${other}`)).identity);
  });

  it.each(["a/./b", "a/../b", "./a", "a/..", "a/%2e/b", "a/%2E%2e/b", "a/.%2e/b"])(
    "THREATS 8: %s is never copied: every client folds it, and we would fetch another object",
    (key) => {
      expect(read(presigned(`${BUCKET}/${key}`)).unstorable).toBe("dot-segments");
    },
  );

  it("THREATS 8: what is fetched, and where clients are sent, is the URL byte for byte", () => {
    for (const key of CORPUS) {
      const text = presigned(`${BUCKET}/${key}`);
      expect(read(text)).toMatchObject({ fetchText: text, raw: { text } });
    }
  });

  it("THREATS 8: no two keys of any letters share an identity, unless they are spellings of one", () => {
    const unit = fc.constantFrom("a", "b", "/", "+", "%2F", "%2B", "%20", "%00", "%C3%A9", "e%CC%81", "%25", ".", "~");
    const key = fc.array(unit, { minLength: 1, maxLength: 6 }).map((units) => units.join(""));
    fc.assert(
      fc.property(key, key, (one, other) => {
        const same = read(presigned(`${BUCKET}/${one}`)).identity === read(presigned(`${BUCKET}/${other}`)).identity;
        expect(same).toBe(one === other);
      }),
      { numRuns: 500 },
    );
  });
});

describe("THREATS 9: nothing that two tenants name is one thing", () => {
  it("THREATS 9: one URL or key has an entry of its own at each", async () => {
    const { identity } = read(presigned(`${BUCKET}/a`));
    for (const name of [{ by: "identity", identity } as const, { by: "custom", key: "movie" } as const]) {
      const [mine, theirs] = [await entryKey(tenantId("acme"), name), await entryKey(tenantId("other"), name)];
      expect(keyText(mine)).not.toBe(keyText(theirs));
    }
  });

  it("THREATS 9: no tenant's entries can be taken for another's by how their names run together", () => {
    const tenant = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
    const id = fc.stringMatching(/^[A-Za-z0-9_-]{4}$/);
    fc.assert(
      fc.property(tenant, id, tenant, id, (one, first, other, second) => {
        const same = one === other && first === second;
        const texts = [keyText(entryKeyOf(tenantId(one), first)), keyText(entryKeyOf(tenantId(other), second))];
        expect(texts[0] === texts[1]).toBe(same);
      }),
    );
  });
});

describe("THREATS 21: what no signature covers makes no work", () => {
  const AZURE = "https://acct.blob.core.windows.net/c/b?sv=2023-01-03&sr=b&sp=r&se=2026-11-20T13%3A00%3A00Z&sig=c2ln";
  const LINKS = [
    AZURE,
    "https://storage.googleapis.com/bucket/a?GoogleAccessId=a%40b.co&Expires=1795179600&Signature=c2ln",
    `${BUCKET}/a?AWSAccessKeyId=A&Expires=1795179600&Signature=c2ln`,
    "https://bucket.oss-cn-hangzhou.aliyuncs.com/a?OSSAccessKeyId=A&Expires=1795179600&Signature=c2ln",
  ];

  it.each(LINKS)("THREATS 21: a parameter behind %s is in no key and in no fetch", (link) => {
    const plain = read(link);
    const parameter = fc.tuple(fc.stringMatching(/^utm_[a-z]{1,8}$/), fc.stringMatching(/^[a-z0-9%]{0,8}$/));
    fc.assert(
      fc.property(fc.array(parameter, { minLength: 1, maxLength: 5 }), (added) => {
        const url = read(`${link}${added.map(([name, value]) => `&${name}=${value}`).join("")}`);
        expect(url.identity).toBe(plain.identity);
        expect(url.fetchText).toBe(link);
      }),
    );
  });

  it("THREATS 21: a parameter that the signature covers stays in both: only the signer can have chosen it", () => {
    const link = presigned(`${BUCKET}/a?tag=1`);
    expect(read(link).identity).not.toBe(read(presigned(`${BUCKET}/a`)).identity);
    expect(read(link).fetchText).toBe(link);
  });
});
