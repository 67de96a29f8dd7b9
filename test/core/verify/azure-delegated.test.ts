import { describe, expect, it } from "vitest";
import { HOUR, NOON } from "../samples.ts";
import * as azure from "./azure-links.ts";
import { passingChanges } from "./tampering.ts";

const { ACCOUNT_KEY, accountSas, link, USER_KEY, userSas, VERSIONS, verdict } = azure;

describe("an account SAS of the vendor's SDK", () => {
  it.each(VERSIONS)("passes in version %s for any blob", async (version) => {
    const sas = accountSas({ version, services: "bqtf", types: "sco", permissions: "rwdlacup" });
    expect(await verdict(link(sas))).toBe("valid");
    expect(await verdict(link(sas, "another.txt"))).toBe("valid");
  });

  it("passes no changed character of its parameters", async () => {
    const sas = accountSas();
    expect(await passingChanges(link(sas), verdict, [sas])).toEqual([]);
  });

  it("is invalid for another service, for containers alone, or without the right to read", async () => {
    expect(await verdict(link(accountSas({ services: "q" })))).toBe("invalid");
    expect(await verdict(link(accountSas({ types: "sc" })))).toBe("invalid");
    expect(await verdict(link(accountSas({ permissions: "l" })))).toBe("invalid");
  });

  it("is unknown where it names a resource too, reads a snapshot, or sets headers", async () => {
    expect(await verdict(link(`${accountSas()}&sr=b`))).toBe("unknown");
    expect(await verdict(link(`${accountSas()}&snapshot=2026-11-20T00:00:00.0000000Z`))).toBe("unknown");
    expect(await verdict(link(`${accountSas()}&rsct=text%2Fhtml`))).toBe("unknown");
    expect(await verdict(`${azure.ORIGIN}/media?${accountSas()}`)).toBe("unknown");
  });

  it("is unknown with the key of a user alone", async () => {
    expect(await verdict(link(accountSas()), [USER_KEY])).toBe("unknown");
  });
});

describe("a user-delegation SAS of the vendor's SDK", () => {
  const versions = VERSIONS.filter((version) => version >= "2018-11-09");

  it.each(versions)("passes in version %s, for blob, container and snapshot", async (version) => {
    expect(await verdict(link(userSas({ version })))).toBe("valid");
    expect(await verdict(link(userSas({ version, ...azure.CONTAINER })))).toBe("valid");
    const snapshotTime = "2026-11-20T00:00:00.0000000Z";
    expect(await verdict(link(`snapshot=${snapshotTime}&${userSas({ version, snapshotTime })}`))).toBe("valid");
  });

  it("passes for a directory, with its overrides and its ids", async () => {
    const wish = {
      blobName: "dir/sub",
      isDirectory: true,
      preauthorizedAgentObjectId: "agent",
      correlationId: "11111111-1111-1111-1111-111111111111",
      encryptionScope: "scope1",
      contentType: "video/mp4",
    };
    expect(await verdict(link(userSas(wish)))).toBe("valid");
    expect(await verdict(link(userSas(wish), "dir/other"))).toBe("invalid");
  });

  it("passes no changed character", async () => {
    const sas = userSas({ blobName: "dir/a.mp4", correlationId: "11111111" });
    const text = link(sas, "dir/a.mp4");
    expect(await verdict(text)).toBe("valid");
    expect(await passingChanges(text, verdict, ["media/dir/a.mp4", sas])).toEqual([]);
  });

  it("ends with itself or with its key, whichever is first", async () => {
    const long = link(userSas({ expiresOn: new Date(NOON + 48 * HOUR) }));
    expect(await verdict(long, [USER_KEY], NOON + 23 * HOUR - 1)).toBe("valid");
    expect(await verdict(long, [USER_KEY], NOON + 23 * HOUR)).toBe("invalid");
    expect(await verdict(link(userSas()), [USER_KEY], NOON + HOUR)).toBe("invalid");
    const early = link(userSas({ startsOn: new Date(NOON - 2 * HOUR) }));
    expect(await verdict(early, [USER_KEY], NOON - HOUR - 1)).toBe("invalid");
  });

  it("is invalid by another value of the key, and unknown of another user, tenant or time", async () => {
    const text = link(userSas());
    expect(await verdict(text, [{ ...USER_KEY, value: Buffer.alloc(32, 8).toString("base64") }])).toBe("invalid");
    const others = [
      { signedOid: "00000000-2222-3333-4444-555555555555" },
      { signedTid: "00000000-7777-8888-9999-000000000000" },
      { signedStart: "2026-11-20T11:00:01Z" },
      { signedExpiry: "2026-11-21T11:00:01Z" },
      { account: "other" },
    ];
    for (const other of others) expect(await verdict(text, [{ ...USER_KEY, ...other }])).toBe("unknown");
    expect(await verdict(text, [ACCOUNT_KEY])).toBe("unknown");
  });

  it("takes the key's times for the same in any of their forms", async () => {
    const signedStart = "2026-11-20T11:00:00.0000000Z";
    expect(await verdict(link(userSas()), [{ ...USER_KEY, signedStart }])).toBe("valid");
  });

  it.each([
    ["a user who must sign in", userSas({ delegatedUserObjectId: "22222222-1111-1111-1111-111111111111" })],
    ["request headers", userSas({ requestHeaders: { "x-ms-meta": "a" } })],
    ["request parameters", userSas({ requestQueryParameters: { lang: "en" } })],
    ["an access list that is asked", `${userSas()}&suoid=agent`],
    ["a user of another tenant", `${userSas()}&skdutid=tenant`],
    ["another service", userSas().replace("sks=b", "sks=q")],
    ["a version from before there were such", userSas().replace(/sv=[^&]+/, "sv=2017-11-09")],
  ])("is unknown with %s", async (_, sas) => {
    expect(await verdict(link(sas))).toBe("unknown");
  });
});
