import { describe, expect, it } from "vitest";
import { readBucket } from "../../../src/core/origin-url/read-bucket.ts";
import { read } from "./reading.ts";

describe("the bucket of a URL", () => {
  it.each([
    ["https://media.s3.amazonaws.com", "s3:aws/media"],
    ["https://media.s3.eu-west-1.amazonaws.com/", "s3:aws/media"],
    ["https://s3.eu-west-1.amazonaws.com/media", "s3:aws/media"],
    ["https://s3.eu-west-1.amazonaws.com/media/", "s3:aws/media"],
    ["https://s3.amazonaws.com/media/some/key", "s3:aws/media"],
    ["https://media.s3.cn-north-1.amazonaws.com.cn", "s3:aws-cn/media"],
    ["https://media.s3.fr-par.scw.cloud", "s3:s3.fr-par.scw.cloud/media"],
    ["https://storage.googleapis.com/media", "gs:media"],
    ["https://media.storage.googleapis.com", "gs:media"],
    ["https://acct.blob.core.windows.net", "az:acct"],
    ["https://acct.dfs.core.usgovcloudapi.net/container", "az:acct@usgovcloudapi.net"],
  ])("%s is %s", (url, bucket) => {
    expect(readBucket(url)).toBe(bucket);
  });

  it.each([
    "https://media.example.com",
    "https://s3.amazonaws.com",
    "https://s3.amazonaws.com//",
    "https://storage.googleapis.com/",
    "https://storage.googleapis.com/storage/v1/b/media",
    "https://media.s3-website-us-east-1.amazonaws.com",
    "s3://media",
    "media",
    "",
  ])("is not to be had from %j", (url) => {
    expect(readBucket(url)).toBeNull();
  });

  it.each([
    "https://media.s3.amazonaws.com",
    "https://storage.googleapis.com/media",
    "https://acct.blob.core.windows.net",
  ])("makes a CNAME name what %s names", (url) => {
    const cnames = [{ host: "cdn.example.com", bucket: readBucket(url) ?? "" }];
    const key = url.includes("blob") ? "container/a" : "a";
    expect(read(`https://cdn.example.com/${key}`, cnames).identity).toBe(read(`${url}/${key}`).identity);
  });
});
