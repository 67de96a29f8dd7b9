import type { Scheme } from "./scheme.ts";
import { ALIYUN_SCHEMES } from "./schemes/aliyun.ts";
import { APP_SCHEMES } from "./schemes/apps.ts";
import { AZURE_SCHEMES } from "./schemes/azure.ts";
import { CDN_SCHEMES } from "./schemes/cdns.ts";
import { CHINA_SCHEMES } from "./schemes/china.ts";
import { CLOUDFRONT_SCHEMES } from "./schemes/cloudfront.ts";
import { GOOGLE_SCHEMES } from "./schemes/google.ts";
import { S3_SCHEMES } from "./schemes/s3.ts";
import { STORE_SCHEMES } from "./schemes/stores.ts";

/**
 * The table: one row per signing scheme. Links that hold their only name in a token (Box, Google Drive, Mux, Cloudflare
 * Stream) have none: nothing in them may be left out, so they are read as those of an unknown provider.
 */
export const PROVIDERS: readonly Scheme[] = [
  ...S3_SCHEMES,
  ...GOOGLE_SCHEMES,
  ...CLOUDFRONT_SCHEMES,
  ...AZURE_SCHEMES,
  ...ALIYUN_SCHEMES,
  ...CHINA_SCHEMES,
  ...STORE_SCHEMES,
  ...CDN_SCHEMES,
  ...APP_SCHEMES,
];
