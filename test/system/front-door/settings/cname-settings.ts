import { expect, it } from "vitest";
import { cnameBody, cnameDeleted, cnameList } from "../../../../src/api/schemas/cnames.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { until } from "../../stack/until.ts";
import { asOther, call, done, refusal } from "./settings-calls.ts";

const BUCKET = "https://media.s3.eu-west-1.amazonaws.com";

/** Host names that stand for a bucket, and what they do to the identity of a URL. */
export function cnameSettings(stack: () => Stack): void {
  const list = async () => cnameList.parse(await done(stack(), "GET", "/cnames")).cnames;
  const identity = async (url: string) => (await done(stack(), "POST", "/inspect", { url })).identity;

  it("are declared, listed and withdrawn, each tenant its own", async () => {
    const body = { host: "CDN.Acme.Example", bucket_url: BUCKET };
    const { status, body: added } = await call(stack(), "POST", "/cnames", body);
    expect([status, cnameBody.parse(added).host]).toEqual([201, "cdn.acme.example"]);
    expect(await list()).toEqual([added]);
    expect(await done(stack(), "GET", "/cnames", undefined, asOther(stack()))).toEqual({ cnames: [] });
    expect(refusal(await call(stack(), "POST", "/cnames", body))).toMatchObject({ status: 409 });

    const path = "/cnames/cdn.acme.example";
    expect(refusal(await call(stack(), "DELETE", path, undefined, asOther(stack())))).toMatchObject({ status: 404 });
    const deleted = cnameDeleted.parse(await done(stack(), "DELETE", path));
    expect(deleted).toEqual({ host: "cdn.acme.example", status: "deleted" });
    expect(await list()).toEqual([]);
  });

  it("fold an object behind both names into one", async () => {
    const both = () => Promise.all([identity("https://img.acme.example/a.png"), identity(`${BUCKET}/a.png`)]);
    const [before, ofBucket] = await both();
    expect(before).not.toBe(ofBucket);
    await done(stack(), "POST", "/cnames", { host: "img.acme.example", bucket_url: BUCKET });
    await until("the name stands for the bucket", async () => ((await both())[0] === ofBucket ? true : null));
    await done(stack(), "DELETE", "/cnames/img.acme.example");
    await until("the name is its own", async () => ((await both())[0] === before ? true : null));
  });

  it.each(["https://s3.amazonaws.com", "https://cdn.acme.example", "media", ""])(
    "stand for nothing but a bucket of a known store: %j",
    async (bucket_url) => {
      const answer = await call(stack(), "POST", "/cnames", { host: "cdn.acme.example", bucket_url });
      expect(refusal(answer)).toMatchObject({ status: 400, message: expect.stringMatching(/^bucket_url /) });
    },
  );

  it.each(["media.s3.amazonaws.com", "storage.googleapis.com", "acme.blob.core.windows.net"])(
    "overrule no endpoint of a store: %s",
    async (host) => {
      const answer = await call(stack(), "POST", "/cnames", { host, bucket_url: BUCKET });
      expect(refusal(answer)).toMatchObject({ status: 400, message: expect.stringMatching(/^host /) });
    },
  );
}
