import type { AccessMode } from "../../src/core/tenant.ts";
import { hits, proxyPath, respelled } from "../load/proxy-targets.ts";
import { inTurn } from "../load/targets.ts";
import type { Figures } from "../measure/figures.ts";
import type { Variant } from "../measure/variant.ts";
import type { Server } from "../server/start-server.ts";
import { cloudFrontLinks } from "../world/cloudfront-links.ts";
import { googleLinks } from "../world/google-links.ts";
import { LINKS, signingMoments } from "../world/moments.ts";
import { newLinkKey, signedPaths } from "../world/proxy-links.ts";
import { s3Links } from "../world/s3-links.ts";
import { makeWorld } from "../world/world.ts";
import type { Benchmark, Group } from "./benchmark.ts";

/** What checking a signature may add to a hit, ms of CPU. */
const BAR_MS = 0.5;
/** An address without a signature, for what needs none, with enough to escape that it can be spelled in many ways. */
const PLAIN_URL = "https://media.example.com/films/2026/11/21/news/of/the/morning/edition/2/part/1/take/3/film.mp4";

/** The same links, of a tenant that checks them and of one that does not, and no request's text twice. */
export const verify: Benchmark = {
  title: "CPU of a hit on /proxy whose signature is checked, against the same hit where access is public",
  prepare,
  verdict,
};

async function prepare(): Promise<readonly Group[]> {
  const moments = signingMoments(Date.now());
  const [google, s3, linkKey] = [await googleLinks(moments), await s3Links(moments), newLinkKey()];
  const cloudFront = cloudFrontLinks(moments);
  const signed = await signedPaths(PLAIN_URL, "signed", linkKey, LINKS);
  const material = { google: google.material, cloudFront: cloudFront.material, s3: s3.material };
  const texts = Object.entries(material).map(([id, one]) => [id, JSON.stringify(one)]);
  const world = await makeWorld({
    tenants: { public: { access: "public" }, verify: { access: "verify" }, signed: { access: "signed" } },
    origins: [google.urls[0], cloudFront.urls[0], s3.urls[0], PLAIN_URL].map((url = "") => new URL(url).origin),
    secrets: { "link-key": { [linkKey.kid]: linkKey.key }, "verification-key": Object.fromEntries(texts) },
    googleKeys: google.published,
  });
  return [{ world, variants, afterwards }];

  function variants({ pid, port }: Server): Variant[] {
    const variant = (mode: AccessMode, what: string, paths: readonly string[], base = `public ${what}`): Variant => {
      return { name: `${mode} ${what}`, base, pid, next: respelled(inTurn(paths.map(hits(port("api"), mode)))) };
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
  }
}

/** What is checked here needs nobody's word. */
async function afterwards(server: Server): Promise<string> {
  const { origins, messages, others } = await server.operations();
  if (origins + messages + others > 0) throw new Error("these are no hits: an origin or the queue was asked");
  return "";
}

/** Whether the bar holds. */
function verdict(figures: readonly Figures[]): string {
  const checked = figures.filter(({ name }) => name.startsWith("verify "));
  const most = Math.max(...checked.map(({ addedMs }) => addedMs));
  const word = most <= BAR_MS ? "holds" : "FAILS";
  return `The bar of ${BAR_MS} ms of CPU added to a hit ${word}: verify adds at most ${most.toFixed(3)} ms.`;
}
