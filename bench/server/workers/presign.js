import { AwsClient, AwsV4Signer } from "aws4fetch";
import { presignedLinks } from "../../../src/platform/s3/presigned-link.ts";

const OBJECT = "tenant-public/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/00000000000000000000000000000000";
const [TENANT, ID, GENERATION] = OBJECT.split("/");
const LINK = {
  ...{ key: { tenant: TENANT, id: ID }, generation: GENERATION, originUrl: null, presentation: null, network: null },
  ...{ epoch: 0, sha256: null, size: null },
};
const HOUR_S = 3600;

let ways;

/** A redirect to an address of the store that is signed for each request anew, in the way that the path names. */
export default {
  async fetch({ url }, env) {
    ways ??= waysOf(env);
    const location = await ways[url.slice(url.lastIndexOf("/") + 1)]();
    return new Response(null, { status: 302, headers: { Location: location, "Cache-Control": "no-store" } });
  },
};

function waysOf(env) {
  const [accessKeyId, secretAccessKey] = [env.R2_S3_ACCESS_KEY_ID, env.R2_S3_SECRET_ACCESS_KEY];
  const settings = { endpoint: env.R2_S3_ENDPOINT, bucket: env.R2_S3_BUCKET, accessKeyId, secretAccessKey };
  const ours = presignedLinks(settings, Date);
  const address = `${settings.endpoint}/${settings.bucket}/${OBJECT}?X-Amz-Expires=${HOUR_S}`;
  const about = { accessKeyId, secretAccessKey, service: "s3", region: "auto" };
  // It keeps the key of each day.
  const cache = new Map();
  return {
    ours: () => ours.sign({ ...LINK, expiresAt: Date.now() + HOUR_S * 1000 }, "film.mp4", "GET"),
    async cached() {
      return (await new AwsV4Signer({ ...about, url: address, method: "GET", signQuery: true, cache }).sign()).url.href;
    },
    async fresh() {
      return (await new AwsClient(about).sign(address, { method: "GET", aws: { signQuery: true } })).url;
    },
  };
}
