import { describe, expect, it } from "vitest";
import { PROVIDERS } from "../../../src/core/origin-url/providers.ts";

/** What selects other bytes at one provider or another. */
const SELECTING = ["versionid", "generation", "snapshot", "x-oss-process", "fileid", "alt", "width", "partnumber"];

describe("the table of providers", () => {
  it("names every scheme once, and every provider of the published list", () => {
    const ids = PROVIDERS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([
        ...["s3-sigv4", "gcs-v4", "gcs-v2", "s3-sigv2", "cloudfront", "azure-sas", "oss-v1", "oss-v4", "cos", "obs"],
        ...["tos", "bos", "qiniu", "bunny", "akamai", "b2-native", "cloud-cdn", "supabase", "firebase", "vercel-blob"],
        ...["uploadthing", "discord", "oci-par", "swift-tempurl"],
      ]),
    );
  });

  it.each(PROVIDERS)("lists the names of $id in lower case, as they are compared", (row) => {
    const names = [...row.required, ...row.credential, ...row.uncoveredCredential, ...row.present, ...row.subResources];
    for (const name of names) expect(name).toBe(name.toLowerCase());
  });

  it.each(PROVIDERS)("counts what a URL of $id must have as credentials", ({ required, credential }) => {
    expect(credential).toEqual(expect.arrayContaining([...required]));
  });

  it.each(PROVIDERS)("counts each name of $id in one way", ({ credential, uncoveredCredential, present, select }) => {
    expect(new Set([...credential, ...present]).size).toBe(credential.length + present.length);
    expect(credential).toEqual(expect.arrayContaining([...uncoveredCredential]));
    for (const name of [...credential, ...present]) expect(select?.test(name) ?? false).toBe(false);
  });

  it.each(PROVIDERS)("never takes what selects other bytes for a credential of $id", ({ credential, present }) => {
    for (const name of SELECTING) expect([...credential, ...present]).not.toContain(name);
  });

  it.each(PROVIDERS)("sees no $id in a URL without parameters, its own path form apart", ({ id, detect }) => {
    const bare = {
      raw: { text: "https://b.co/a", scheme: "https" as const, host: "b.co", port: 443, path: "/a", parameters: [] },
      ...{ path: "/a", parameters: [], fromPath: 0, repeats: false, place: null, has: () => false, value: () => null },
    };
    expect(detect(bare), id).toBe(false);
  });
});
