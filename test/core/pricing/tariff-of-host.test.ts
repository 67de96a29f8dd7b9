import { describe, expect, it } from "vitest";
import { tariffOfHost } from "../../../src/core/pricing/tariff-of-host.ts";

const ACCOUNT = "0123456789abcdef0123456789abcdef";

describe("the price table of a host", () => {
  it.each([
    ["media.s3.eu-central-1.amazonaws.com", "s3/us-europe"],
    ["s3.sa-east-1.amazonaws.com", "s3/sao-paulo"],
    ["media.s3.dualstack.ap-northeast-1.amazonaws.com", "s3/tokyo-osaka"],
    ["media.s3-ap-southeast-2.amazonaws.com", "s3/sydney"],
    ["*.s3.af-south-1.amazonaws.com", "s3/cape-town"],
    ["media.sa-east-1.files.s3.ap-south-1.amazonaws.com", "s3/mumbai"],
    [`${ACCOUNT}.r2.cloudflarestorage.com`, "r2"],
    [`media.${ACCOUNT}.eu.r2.cloudflarestorage.com`, "r2"],
  ])("%s is certainly %s", (host, id) => {
    expect(tariffOfHost(host, [])).toEqual({ id, certain: true });
  });

  it.each([
    ["media.s3.amazonaws.com", "s3/us-europe"],
    ["s3.amazonaws.com", "s3/us-europe"],
    ["storage.googleapis.com", "gcs/worldwide"],
    ["media.storage.googleapis.com", "gcs/worldwide"],
    ["acct.blob.core.windows.net", "azure/zone-1"],
    ["*.blob.core.windows.net", null],
    ["d111111abcdef8.cloudfront.net", "cloudfront/us"],
  ])("%s is, for want of a region or a destination, %s", (host, id) => {
    expect(tariffOfHost(host, [])).toEqual(id === null ? null : { id, certain: false });
  });

  it.each([
    "media.s3.cn-north-1.amazonaws.com.cn",
    "media.s3.us-gov-west-1.amazonaws.com",
    "media.s3.ap-southeast-7.amazonaws.com",
    "media.s3-accelerate.amazonaws.com",
    "acct.blob.core.chinacloudapi.cn",
    "s3.eu-central-003.backblazeb2.com",
    "files.example.com",
    "s3.eu-west-1.amazonaws.com.example.com",
    "cloudfront.net",
    "",
  ])("%s has none", (host) => {
    expect(tariffOfHost(host, [])).toBeNull();
  });

  it("is that of the store which a tenant's own name stands for", () => {
    const cnames = [
      { host: "cdn.example.com", bucket: "gs:media" },
      { host: "files.example.com", bucket: "s3:aws/media" },
    ];
    expect(tariffOfHost("cdn.example.com", cnames)).toEqual({ id: "gcs/worldwide", certain: false });
    expect(tariffOfHost("files.example.com", cnames)).toEqual({ id: "s3/us-europe", certain: false });
  });
});
