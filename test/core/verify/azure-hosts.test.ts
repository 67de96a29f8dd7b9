import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { accountStringToSign } from "../../../src/core/verify/azure-string-to-sign.ts";
import { azureTime } from "../../../src/core/verify/azure-time.ts";
import { plainParameters } from "../../../src/core/verify/plain-parameters.ts";
import { NOON } from "../samples.ts";
import * as azure from "./azure-links.ts";
import { withVectors } from "./shared-vectors.ts";
import { signedUrl } from "./signed-samples.ts";
import { passingChanges } from "./tampering.ts";

const { ACCOUNT_KEY, link, serviceSas, USER_KEY, userSas, verdict } = azure;

describe("at a host that is no endpoint of Azure's", () => {
  const cname = "http://files.example.com";
  const owned = { ...ACCOUNT_KEY, hosts: ["files.example.com"] };

  it("a SAS passes where the host was registered with the account", async () => {
    expect(await verdict(link(serviceSas(), azure.BLOB, cname), [owned])).toBe("valid");
    expect(await verdict(link(userSas(), azure.BLOB, cname), [{ ...USER_KEY, hosts: owned.hosts }])).toBe("valid");
  });

  it("a SAS is unknown at any other, whatever account its path begins with", async () => {
    expect(await verdict(link(serviceSas(), azure.BLOB, "http://other.example.com"), [owned])).toBe("unknown");
    expect(await verdict(link(serviceSas(), azure.BLOB, `${cname}/acct`), [ACCOUNT_KEY])).toBe("unknown");
  });

  it("a SAS is unknown where two accounts claim the host", async () => {
    const other = { ...owned, account: "other" };
    expect(await verdict(link(serviceSas(), azure.BLOB, cname), [owned, other])).toBe("unknown");
  });

  it.each(["http://127.0.0.1:10000", "http://localhost:10000", "http://[::1]:10000"])(
    "a SAS passes at an emulator on %s, which names the account in the path",
    async (origin) => {
      const text = link(serviceSas({ blobName: "dir/a.mp4" }), "dir/a.mp4", `${origin}/acct`);
      expect(await verdict(text)).toBe("valid");
      expect(await passingChanges(text, verdict, ["acct/media/dir/a.mp4"])).toEqual([]);
      expect(await verdict(text.replace("/acct/", "/other/"))).toBe("unknown");
    },
  );
});

describe("a time of Azure's", () => {
  it.each([
    ["2026-11-20", NOON - 12 * 3_600_000],
    ["2026-11-20T12:00Z", NOON],
    ["2026-11-20T12:00:01Z", NOON + 1000],
    ["2026-11-20T12:00:00.5Z", NOON + 500],
    ["2026-11-20T12:00:00.0019999Z", NOON + 1],
  ])("%s is read", (text, time) => {
    expect(azureTime(text)).toBe(time);
  });

  it.each([
    "",
    "2026-02-30",
    "2026-13-01",
    "2026-11-20T24:00Z",
    "2026-11-20T12:00",
    "2026-11-20T12:00:00+01:00",
    "soon",
  ])("%s is not", (text) => {
    expect(azureTime(text)).toBeNull();
  });
});

type Vectors = { vectors: { id: string; scheme: string; url: string; signature: string }[] };

withVectors<Vectors>("signed_url_vectors.json", ({ vectors }) => {
  describe("the account SAS of Azurite's own tests", () => {
    const constants = createRequire(import.meta.url)("azurite/dist/src/blob/utils/constants.js");
    const key = Buffer.from(constants.EMULATOR_ACCOUNT_KEY ?? constants.EMULATOR_ACCOUNT_KEY_STR, "base64");
    const real = vectors.filter(({ scheme, signature }) => scheme === "azure-sas" && signature.includes("devstore"));

    it.each(real.map(({ id, url }) => [id, url]))("%s is signed over our text", (_, url) => {
      const names = ["sv", "ss", "srt", "spr", "st", "se", "sip", "sp", "sig"];
      const given = plainParameters(signedUrl(url).raw.parameters, names);
      const text = accountStringToSign("devstoreaccount1", given ?? new Map());
      expect(azure.sign([text], key.toString("base64"))).toBe(`sig=${encodeURIComponent(given?.get("sig") ?? "")}`);
    });

    it("is there in three versions", () => {
      expect(real).toHaveLength(3);
    });
  });
});
