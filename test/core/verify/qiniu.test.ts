import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyQiniu } from "../../../src/core/verify/qiniu.ts";
import { HOUR, NOON } from "../samples.ts";
import { withVectors } from "./shared-vectors.ts";
import { at, signedUrl } from "./signed-samples.ts";
import { passingChanges } from "./tampering.ts";

const KEY = { kind: "qiniu", accessKey: "MY_ACCESS_KEY", secretKey: "MY_SECRET_KEY" } as const;
const verdict = (link: string, now = NOON, key = KEY) => verifyQiniu(signedUrl(link), [key], at(now));

/** As the vendor's signer does it: the end, then the token over all that stands before it. */
function signed(url: string, ends = NOON / 1000 + 3600): string {
  const text = `${url}${url.includes("?") ? "&" : "?"}e=${ends}`;
  const signature = createHmac("sha1", KEY.secretKey).update(text).digest("base64");
  return `${text}&token=${KEY.accessKey}:${signature.replaceAll("+", "-").replaceAll("/", "_")}`;
}

const FILE = "http://cdn.example.com/dir/a%20b.mp4?imageView2/2/w/200&attname=b.mp4";

describe("a token of Qiniu's", () => {
  it.each(["http://cdn.example.com/a.mp4", "https://cdn.example.com:8443/a.mp4", FILE])(
    "passes for %s",
    async (url) => {
      expect(await verdict(signed(url))).toBe("valid");
    },
  );

  it("passes with its own signs encoded", async () => {
    expect(
      await verdict(
        signed(FILE)
          .replace(/:(?=[^:]*$)/, "%3A")
          .replace(/=$/, "%3D"),
      ),
    ).toBe("valid");
  });

  it("passes no changed character", async () => {
    expect(await passingChanges(signed(FILE), verdict)).toEqual([]);
  });

  it("does not pass with a parameter added, dropped or moved", async () => {
    const link = signed(FILE);
    expect(await verdict(link.replace("&attname=b.mp4", ""))).toBe("invalid");
    expect(await verdict(link.replace("&e=", "&more=1&e="))).toBe("invalid");
    expect(await verdict(link.replace("http:", "https:"))).toBe("invalid");
  });

  it("ends with the second that it names", async () => {
    expect(await verdict(signed(FILE), NOON + HOUR - 1)).toBe("valid");
    expect(await verdict(signed(FILE), NOON + HOUR)).toBe("invalid");
    expect(await verdict(signed(FILE).replace(/&e=\d+/, ""))).toBe("invalid");
  });

  it("is invalid by another secret, and unknown by another key", async () => {
    expect(await verdict(signed(FILE), NOON, { ...KEY, secretKey: "other" } as never)).toBe("invalid");
    expect(await verdict(signed(FILE), NOON, { ...KEY, accessKey: "other" } as never)).toBe("unknown");
    expect(await verifyQiniu(signedUrl(signed(FILE)), [], at())).toBe("unknown");
  });

  it.each([
    ["with a parameter behind it", `${signed(FILE)}&more=1`],
    ["twice", `${signed(FILE)}&token=a:b`],
    ["with two ends", signed(`${FILE}&e=1`)],
    ["with a path that clients change", signed("http://cdn.example.com/a/../b.mp4")],
    ["without a key", signed(FILE).replace("token=MY_ACCESS_KEY:", "token=")],
  ])("is unknown %s", async (_, link) => {
    expect(await verdict(link)).toBe("unknown");
  });
});

withVectors<{ id: string; url: string }[]>("sdk_made_urls.json", (links) => {
  describe("the link of Qiniu's signer", () => {
    it("passes by the secret that it was made with", async () => {
      const url = links.find(({ id }) => id === "qiniu")?.url ?? "";
      const key = { kind: "qiniu", accessKey: "ak", secretKey: "sk" } as const;
      expect(await verifyQiniu(signedUrl(url), [key], at())).toBe("valid");
    });
  });
});
