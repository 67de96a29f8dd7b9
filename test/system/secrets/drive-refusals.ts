import { expect, it } from "vitest";
import type { Stack } from "../../../src/dev/stack.ts";
import { presign } from "../stack/objects.ts";
import { proxyUrl } from "../stack/requests.ts";
import { noteSignature } from "../stack/signatures.ts";
import type { Heard } from "./heard.ts";
import { recognisable, signedQueries } from "./recognisable.ts";

const ORACLE = "https://objectstorage.eu-frankfurt-1.oraclecloud.com";

/** What is refused: the answer says why, and repeats no secret of what was sent. */
export function driveRefusals(stack: () => Stack, { hear, manage }: Heard): void {
  const base = () => `${stack().originCredentials.endpoint}/demo`;

  it("URLs that are none of ours, in both forms", async () => {
    for (const query of signedQueries()) {
      for (const url of [
        `https://evil.example/x?${query}`,
        `${base()}/a\tb?${query}`,
        `${base().replace("//", "//user:password@")}/x?${query}`,
        `ftp://127.0.0.1/x?${query}`,
        `${base()}/x?${query}&long=${"x".repeat(8_192)}`,
        `/x?${query}`,
      ]) {
        const { status, body } = await hear(proxyUrl(stack(), url));
        expect({ url: status < 400 ? url : "", body }).toMatchObject({ url: "" });
        await hear(`${stack().api}/proxy/${url.replace("\t", "%09")}`);
        await manage("/preload", { url });
        await manage("/inspect", { url });
        await manage("/links", { url });
        await manage("/origins", { origin: url });
        await manage("/cnames", { host: "cdn.example.com", bucket_url: url });
      }
    }
  });

  it("URLs that were pasted in unencoded, or beside something else", async () => {
    const presigned = await presign(stack(), "hello.txt");
    for (const url of [presigned, ...signedQueries().map((query) => `${base()}/x?${query}`)]) {
      for (const more of ["", "&hash=mine", "&nosuch=1", `&url=${encodeURIComponent(url)}`]) {
        const { status } = await hear(`${stack().api}/proxy?url=${url}${more}`);
        expect([302, 400, 403]).toContain(status);
      }
      await hear(`${stack().api}/proxy?${url}`);
      await hear(`${stack().api}/proxy?url=${encodeURIComponent(url)}&${encodeURIComponent(url)}`);
      await hear(`${stack().api}/proxy?url=${encodeURIComponent(url)}&%zz=${encodeURIComponent(url)}`);
    }
  });

  it("a credential in a path", async () => {
    const url = () => `${ORACLE}/p/${recognisable("path", "-_")}/n/ns/b/bucket/o/visible.bin`;
    await hear(proxyUrl(stack(), url()));
    await manage("/preload", { url: url() });
    // Nobody may fetch from there: without a link of the tenant's own it is a redirect and nothing else.
    await manage("/origins", { origin: ORACLE, access: "signed" });
    const allowed = url();
    expect((await hear(proxyUrl(stack(), allowed))).location).toBe(allowed);
    const { status, body } = await manage("/inspect", { url: url() });
    expect([status, body]).toEqual([200, expect.stringContaining("oci-par")]);
    await hear(`${stack().api}/proxy?url=${url()}&nosuch=1`);
  });

  it("calls with keys that open nothing", async () => {
    for (const key of [recognisable("key"), `snap_key_${recognisable("tenant").padEnd(43, "A").slice(0, 43)}`]) {
      noteSignature(key);
      const url = await presign(stack(), "hello.txt");
      for (const [path, body] of [
        ["/preload", { url }],
        ["/inspect", { url }],
        ["/links", { url }],
        ["/cache", undefined],
        ["/link-keys", {}],
        ["/verification-keys", { kind: "s3_secret", access_key_id: "A", secret_access_key: recognisable("unread") }],
      ] as const) {
        expect((await manage(path, body, { key })).status).toBe(401);
      }
      await hear(proxyUrl(stack(), url), { headers: { authorization: `Bearer ${key}` } });
    }
  });

  it("a key with a secret that is none of ours", async () => {
    for (const character of ["\n", "\0"]) {
      const hash = encodeURIComponent(recognisable("hash") + character);
      expect((await hear(`${stack().api}/proxy?hash=${hash}`)).status).toBe(400);
      await manage("/preload", { url: `${base()}/hello.txt`, hash: recognisable("hash") + character });
      await manage("/links", { hash: recognisable("hash") + character });
    }
  });
}
