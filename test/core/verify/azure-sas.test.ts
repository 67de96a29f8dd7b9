import { BlobSASPermissions, SASProtocol } from "@azure/storage-blob";
import { describe, expect, it } from "vitest";
import { verifyAzureSas } from "../../../src/core/verify/azure-sas.ts";
import { HOUR, MINUTE, NOON } from "../samples.ts";
import * as azure from "./azure-links.ts";
import { at, signedUrl } from "./signed-samples.ts";
import { passingChanges } from "./tampering.ts";

const { ACCOUNT_KEY, BLOB, CONTAINER, link, serviceSas, USER_KEY, VERSIONS, verdict } = azure;
const SNAPSHOT = "2026-11-20T00:00:00.0000000Z";

describe("a service SAS of the vendor's SDK", () => {
  it.each(VERSIONS)("passes in version %s, for a blob and for its container", async (version) => {
    expect(await verdict(link(serviceSas({ version })))).toBe("valid");
    expect(await verdict(link(serviceSas({ version, ...CONTAINER })))).toBe("valid");
    expect(await verdict(link(serviceSas({ version, ...CONTAINER }), "any/other.txt"))).toBe("valid");
  });

  it("passes with everything that it can sign for anybody", async () => {
    const wish = {
      protocol: SASProtocol.HttpsAndHttp,
      cacheControl: "no-store",
      contentDisposition: 'attachment; filename="ä b.mp4"',
      contentEncoding: "gzip",
      contentLanguage: "en",
      contentType: "video/mp4",
    };
    expect(await verdict(link(serviceSas({ ...wish, version: "2018-11-09" })))).toBe("valid");
    expect(await verdict(link(serviceSas({ ...wish, encryptionScope: "scope1" })))).toBe("valid");
  });

  it.each(["2018-11-09", "2026-04-06"])("passes for a snapshot or version alone, in version %s", async (version) => {
    const snapshot = serviceSas({ version, snapshotTime: SNAPSHOT });
    expect(await verdict(link(`snapshot=${SNAPSHOT}&${snapshot}`))).toBe("valid");
    expect(await verdict(link(`snapshot=${SNAPSHOT.replace("20T", "19T")}&${snapshot}`))).toBe("invalid");
    expect(await verdict(link(snapshot))).toBe("unknown");
  });

  it("passes for the version of a blob that it names", async () => {
    const version = serviceSas({ versionId: SNAPSHOT });
    expect(await verdict(link(`versionid=${encodeURIComponent(SNAPSHOT)}&${version}`))).toBe("valid");
    expect(await verdict(link(version))).toBe("unknown");
  });

  it("is unknown for a snapshot or version that is not signed", async () => {
    expect(await verdict(link(`${serviceSas()}&snapshot=${SNAPSHOT}`))).toBe("unknown");
    expect(await verdict(link(`${serviceSas(CONTAINER)}&versionid=${SNAPSHOT}`))).toBe("unknown");
  });

  it("passes for what lies in the directory, and for nothing beside it", async () => {
    const sas = serviceSas({ blobName: "dir/sub", isDirectory: true, version: "2020-02-10" });
    expect(sas).toContain("sdd=2");
    for (const name of [BLOB, "dir/sub/deep/er.txt"]) expect(await verdict(link(sas, name))).toBe("valid");
    for (const name of ["dir/other.txt", "dir/subway.txt", "other/sub/a"]) {
      expect(await verdict(link(sas, name))).toBe("invalid");
    }
    for (const name of ["dir", "dir//sub/a", "dir/sub/..%2Fa"]) {
      expect(await verdict(link(sas, "").replace("?", `${name}?`))).toBe("unknown");
    }
    expect(await verdict(link(sas.replace("sdd=2", "sdd=1")))).toBe("invalid");
    expect(await verdict(link(sas.replace("sdd=2", "sdd=0")))).toBe("unknown");
  });

  // Below a container or directory the rest of the path is the reader's choice.
  it.each([
    [
      "of a blob",
      "media/dir/sub/a.mp4",
      { blobName: "dir/sub/a.mp4", protocol: SASProtocol.Https, contentType: "video/mp4" },
    ],
    ["of a blob in the oldest version", "media/dir/sub/a.mp4", { blobName: "dir/sub/a.mp4", version: "2015-04-05" }],
    ["of a directory", "media/dir/sub", { blobName: "dir/sub", isDirectory: true }],
    ["of a container", "media", CONTAINER],
  ])("passes no changed character %s", async (_, signedPath, wish) => {
    const sas = serviceSas(wish);
    const text = link(sas, "dir/sub/a.mp4");
    expect(await verdict(text)).toBe("valid");
    expect(await passingChanges(text, verdict, [signedPath, sas])).toEqual([]);
  });

  it("is invalid before its beginning and from its end on", async () => {
    const text = link(serviceSas());
    expect(await verdict(text, [ACCOUNT_KEY], NOON - MINUTE - 1)).toBe("invalid");
    expect(await verdict(text, [ACCOUNT_KEY], NOON - MINUTE)).toBe("valid");
    expect(await verdict(text, [ACCOUNT_KEY], NOON + HOUR - 1)).toBe("valid");
    expect(await verdict(text, [ACCOUNT_KEY], NOON + HOUR)).toBe("invalid");
  });

  it("is invalid by another key, and unknown of another account", async () => {
    const key = Buffer.alloc(64, 8).toString("base64");
    expect(await verdict(link(serviceSas()), [{ ...ACCOUNT_KEY, key }])).toBe("invalid");
    expect(await verdict(link(serviceSas()), [{ ...ACCOUNT_KEY, key, otherKey: ACCOUNT_KEY.key }])).toBe("valid");
    expect(await verdict(link(serviceSas()), [{ ...ACCOUNT_KEY, key, otherKey: null }])).toBe("unknown");
    expect(await verdict(link(serviceSas()), [{ ...ACCOUNT_KEY, account: "other" }])).toBe("unknown");
    expect(await verdict(link(serviceSas()), [USER_KEY])).toBe("unknown");
    expect(await verdict(link(serviceSas()), [])).toBe("unknown");
    expect(await verdict(link(serviceSas()), [{ ...ACCOUNT_KEY, key }, ACCOUNT_KEY])).toBe("valid");
  });

  it("is invalid without the right to read, and over http when that is not allowed", async () => {
    const write = serviceSas({ permissions: BlobSASPermissions.parse("w") });
    expect(await verdict(link(write))).toBe("invalid");
    const secure = link(serviceSas({ protocol: SASProtocol.Https }));
    const plain = link(serviceSas({ protocol: SASProtocol.HttpsAndHttp }));
    const overHttp = (text: string) => {
      const object = { store: "az", namespace: "acct", bucket: "media", key: "", inPath: true } as const;
      return verifyAzureSas(signedUrl(text.replace("https:", "http:"), object), [ACCOUNT_KEY], at());
    };
    expect(await overHttp(plain)).toBe("valid");
    expect(await overHttp(secure)).toBe("invalid");
  });

  it.each([
    ["an address", serviceSas({ ipRange: { start: "168.1.5.60", end: "168.1.5.70" } })],
    ["a stored policy", serviceSas({ identifier: "policy1" })],
    ["another operation", `${serviceSas()}&comp=metadata`],
    ["another resource", `${serviceSas(CONTAINER)}&restype=container`],
    ["a version that is newer than we are", serviceSas({ version: "2027-01-01" })],
    ["a name in other letter case", serviceSas().replace("sp=", "Sp=")],
    ["a name twice", `${serviceSas()}&sp=r`],
    ["a plus that some read as a space", `${serviceSas()}&rsct=a+b`],
    ["a time of a form that we do not read", serviceSas().replace(/se=[^&]+/, "se=2026-11-20T14:00:00%2B01:00")],
    ["an unknown kind of resource", serviceSas().replace("sr=b", "sr=q")],
    ["a version before the first", serviceSas().replace(/sv=[^&]+/, "sv=2013-08-15")],
  ])("is unknown with %s", async (_, sas) => {
    expect(await verdict(link(sas))).toBe("unknown");
  });

  it("is unknown where the path can be read in two ways", async () => {
    for (const path of ["media/a/../b", "media/a%2F%2E%2E%2Fb", "media/a%5Cb", "media/%zz", "media/", "media"]) {
      expect(await verdict(`${azure.ORIGIN}/${path}?${serviceSas(CONTAINER)}`)).toBe("unknown");
    }
  });
});

describe("a service SAS without what it needs", () => {
  it("is invalid without permissions or end, though rightly signed", async () => {
    const resource = "/blob/acct/media/a.txt";
    const lines = (sp: string, se: string) => [sp, "", se, resource, "", "", "", "2018-03-28", "", "", "", "", ""];
    const end = "2026-11-20T13:00:00Z";
    const base = "sv=2018-03-28&sr=b";
    expect(await verdict(link(`${base}&sp=r&se=${end}&${azure.sign(lines("r", end))}`, "a.txt"))).toBe("valid");
    expect(await verdict(link(`${base}&se=${end}&${azure.sign(lines("", end))}`, "a.txt"))).toBe("invalid");
    expect(await verdict(link(`${base}&sp=r&${azure.sign(lines("r", ""))}`, "a.txt"))).toBe("invalid");
  });

  it("passes with its times in every form that Azure reads", async () => {
    for (const end of ["2026-11-21", "2026-11-20T13:00Z", "2026-11-20T13:00:00Z", "2026-11-20T13:00:00.1234567Z"]) {
      const lines = ["r", "", end, "/blob/acct/media/a.txt", "", "", "", "2018-03-28", "", "", "", "", ""];
      const text = link(`sv=2018-03-28&sr=b&sp=r&se=${end}&${azure.sign(lines)}`, "a.txt");
      expect(await verdict(text)).toBe("valid");
      expect(await verdict(text, [ACCOUNT_KEY], NOON + 13 * HOUR)).toBe("invalid");
    }
  });
});
