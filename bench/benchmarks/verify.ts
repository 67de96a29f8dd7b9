import type { AccessMode } from "../../src/core/tenant.ts";
import type { Figures } from "../measure/figures.ts";
import type { Variant } from "../measure/variant.ts";
import { cloudFrontLinks } from "../world/cloudfront-links.ts";
import { googleLinks } from "../world/google-links.ts";
import { LINKS, signingMoments } from "../world/moments.ts";
import { newLinkKey, signedPaths } from "../world/proxy-links.ts";
import { s3Links } from "../world/s3-links.ts";
import { makeWorld } from "../world/world.ts";
import type { Benchmark, Prepared } from "./benchmark.ts";
import { hitTargets, proxyPath } from "./hit-targets.ts";

/** What checking a signature may add to a hit, ms of CPU. */
const BAR_MS = 0.5;
/** An address without a signature, for what needs none. */
const PLAIN_URL = "https://media.example.com/films/2026/film.mp4";

/** The same links, of a tenant that checks them and of one that does not. */
export const verify: Benchmark = {
  title: "CPU of a hit on /proxy whose signature is checked, against the same hit where access is public",
  prepare,
};

async function prepare(): Promise<Prepared> {
  const moments = signingMoments(Date.now());
  const [google, s3, linkKey] = [await googleLinks(moments), await s3Links(moments), newLinkKey()];
  const cloudFront = cloudFrontLinks(moments);
  const signed = await signedPaths(PLAIN_URL, "signed", linkKey, LINKS);
  const material = { google: google.material, cloudFront: cloudFront.material, s3: s3.material };
  const texts = Object.entries(material).map(([id, one]) => [id, JSON.stringify(one)]);
  const world = await makeWorld({
    objects: [google.urls, cloudFront.urls, s3.urls, [PLAIN_URL]],
    modes: ["public", "verify", "signed"],
    secrets: { "link-key": { [linkKey.kid]: linkKey.key }, "verification-key": Object.fromEntries(texts) },
    googleKeys: google.published,
  });
  return {
    world,
    variants(port) {
      const variant = (mode: AccessMode, what: string, paths: readonly string[], base = `public ${what}`): Variant => {
        return { name: `${mode} ${what}`, base, targets: hitTargets(port("api"), mode, paths) };
      };
      const pair = (what: string, urls: readonly string[]) => {
        const paths = urls.map(proxyPath);
        return [variant("public", what, paths), variant("verify", what, paths)];
      };
      return [
        ...pair("gcs-v4-rsa", google.urls),
        ...pair("cloudfront-rsa", cloudFront.urls),
        ...pair("s3-sigv4", s3.urls),
        variant("public", "link", [proxyPath(PLAIN_URL)]),
        variant("signed", "link", signed),
      ];
    },
    verdict,
  };
}

/** Whether the bar holds. */
function verdict(figures: readonly Figures[]): string {
  const checked = figures.filter(({ name }) => name.startsWith("verify "));
  const most = Math.max(...checked.map(({ addedMs }) => addedMs));
  const word = most <= BAR_MS ? "holds" : "FAILS";
  return `The bar of ${BAR_MS} ms of CPU added to a hit ${word}: verify adds at most ${most.toFixed(3)} ms.`;
}
