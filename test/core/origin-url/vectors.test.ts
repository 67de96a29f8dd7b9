import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type OriginUrl, readOriginUrl } from "../../../src/core/origin-url/origin-url.ts";

const VECTORS = new URL("../../../../shared/vectors/signed_url_vectors.json", import.meta.url);

type Vector = {
  readonly id: string;
  readonly scheme: string;
  readonly url: string;
  readonly expected: {
    readonly expires_at: string | null;
    readonly not_before?: string;
    readonly object_identity: string;
    readonly malformed?: boolean;
    readonly needs_extra_headers?: boolean;
    readonly identity_scored: boolean;
  };
};
type File = {
  readonly vectors: readonly Vector[];
  readonly auth_parameters: Readonly<Record<string, readonly string[]>>;
  readonly laws: Readonly<Record<"same_object" | "same_object_other_host_optional", Record<string, readonly string[]>>>;
};

/** Their names for schemes that have another one in our table. */
const SCHEMES: Readonly<Record<string, string>> = {
  "s3-v4": "s3-sigv4",
  "s3-v2": "s3-sigv2",
  "cos-v5": "cos",
  "obs-v2": "obs",
  "bos-v1": "bos",
  "bunny-query": "bunny",
  "bunny-path": "bunny",
  "gcp-cdn": "cloud-cdn",
};

if (existsSync(VECTORS)) {
  checkVectors(JSON.parse(readFileSync(VECTORS, "utf8")));
} else {
  console.log("left out: the vectors of the shared folder (signed_url_vectors.json), which is not here");
  it("left out: vectors of the shared folder are not here", () => {});
}

function checkVectors({ vectors, auth_parameters, laws }: File): void {
  const read = new Map<string, OriginUrl>();
  for (const { id, url } of vectors) {
    const result = readOriginUrl(url);
    if (typeof result !== "string") read.set(id, result);
  }
  const of = (id: string): OriginUrl => read.get(id) ?? expect.fail(`${id} was refused`);

  describe("a vector", () => {
    it("is read, all 131 of them", () => {
      expect(vectors).toHaveLength(131);
      expect(read.size).toBe(131);
    });

    it.each(vectors)("$id has its scheme, and is malformed where it should be", ({ id, scheme, expected }) => {
      const none = expected.malformed ? ["cloudfront"] : [];
      expect(of(id).schemes).toEqual(scheme === "none" ? none : [SCHEMES[scheme] ?? scheme]);
      expect(of(id).unstorable === "malformed").toBe(expected.malformed ?? false);
    });

    it.each(vectors)("$id ends when it says, and begins when it says", ({ id, expected }) => {
      expect(of(id).expiresAt).toBe(expected.expires_at === null ? null : Date.parse(expected.expires_at));
      if (expected.not_before) expect(of(id).notBefore).toBe(Date.parse(expected.not_before));
    });

    it.each(vectors)("$id is not stored where it needs headers of its holder's", ({ id, expected }) => {
      expect(of(id).unstorable === "signed-headers").toBe(expected.needs_extra_headers ?? false);
    });

    it.each(vectors)("$id has no credential in its identity", ({ id, scheme, url }) => {
      const list = new Set((auth_parameters[scheme] ?? []).map((name) => name.toLowerCase()));
      const { identity, raw } = of(id);
      for (const { name, value } of raw.parameters) {
        if (list.has(name) && value.length > 7) expect(identity).not.toContain(value);
      }
      for (const token of url.match(/(?:bcdn_token=|\/p\/)[^/&]+/g) ?? []) expect(identity).not.toContain(token);
    });
  });

  describe("the law that one object has one identity", () => {
    it.each(Object.entries(laws.same_object))("holds for %s", (_, ids) => {
      expect(new Set(ids.map((id) => of(id).identity)).size).toBe(1);
    });

    it("and that two objects never share one", () => {
      const groups = [...Object.values(laws.same_object), ...Object.values(laws.same_object_other_host_optional)];
      // A group by host and a group over hosts that share a vector are about one object.
      const meet = (some: readonly string[], others: readonly string[]) => some.some((id) => others.includes(id));
      const groupsOf = (id: string) => groups.filter((ids) => ids.includes(id));
      for (const [index, one] of vectors.entries()) {
        for (const other of vectors.slice(index + 1)) {
          const related = groupsOf(one.id).some((some) => groupsOf(other.id).some((others) => meet(some, others)));
          const scored = one.expected.identity_scored && other.expected.identity_scored;
          if (related || !scored || one.expected.object_identity === other.expected.object_identity) continue;
          expect(of(one.id).identity, `${one.id} and ${other.id}`).not.toBe(of(other.id).identity);
        }
      }
    });
  });
}
