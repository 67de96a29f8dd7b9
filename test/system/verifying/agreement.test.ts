import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTurns } from "../../../src/app/in-turns.ts";
import { readOriginUrl } from "../../../src/core/origin-url/origin-url.ts";
import type { Material, SignatureVerdict } from "../../../src/core/verify/material.ts";
import { verifySignature } from "../../../src/core/verify/verify-signature.ts";
import { generateLinks } from "./links/generate.ts";
import { LINK_KINDS, type Link } from "./links/link.ts";
import { type OriginAnswer, originSays } from "./origin-says.ts";
import type { Door } from "./origins/door.ts";
import { KEYS } from "./origins/objects.ts";
import { ALL, tellWhatIsLeftOut } from "./origins/start.ts";
import type { VerifyingOrigin } from "./origins/verifying-origin.ts";

/** Requests to an origin at a time. */
const WIDTH = 8;
const FEWEST_LINKS = 200;

type Judged = Link & OriginAnswer & { readonly verdict: SignatureVerdict };

/** What an origin says of the mix of links, and what our own check of their signatures does. */
function agreement(start: () => Promise<VerifyingOrigin>): void {
  let origin: VerifyingOrigin;
  let door: Door;
  let links: readonly Judged[];

  beforeAll(async () => {
    origin = await start();
    door = await origin.openDoor();
    const generated = await generateLinks(origin.signer(door), KEYS, Date.now());
    links = await inTurns(generated, WIDTH, async (link) => ({
      ...link,
      ...(await originSays(link.url)),
      verdict: await check(link.url, origin.material),
    }));
  });
  afterAll(async () => {
    await door?.stop();
    await origin?.stop();
  });

  it("is asked for by two hundred different links of every kind", () => {
    expect(new Set(links.map(({ url }) => url)).size).toBeGreaterThanOrEqual(FEWEST_LINKS);
    expect(new Set(links.map(({ kind }) => kind))).toEqual(new Set(LINK_KINDS));
    expect(links.filter(({ kind, serves }) => kind === "good" && !serves).map(tell)).toEqual([]);
    expect(links.filter(({ kind, serves }) => kind === "expired" && serves).map(tell)).toEqual([]);
  });

  it("refuses nothing that we call valid", () => {
    expect(links.filter(({ verdict, accepts }) => verdict === "valid" && !accepts).map(tell)).toEqual([]);
  });

  it("serves nothing that we do not call valid, but for what is explained", () => {
    const missed = links.filter(({ verdict, serves }) => serves && verdict !== "valid");
    const explained = (link: Judged) =>
      origin.differences.some((difference) => difference.of(link) && difference.verdict === link.verdict);
    expect(missed.filter((link) => !explained(link)).map(tell)).toEqual([]);
    expect(origin.differences.filter(({ of }) => !missed.some(of)).map(({ why }) => why)).toEqual([]);
  });

  it("need not be asked about most links", () => {
    const unknown = links.filter(({ verdict }) => verdict === "unknown");
    expect(unknown.length).toBeLessThan(links.length / 4);
  });
}

async function check(text: string, material: readonly Material[]): Promise<SignatureVerdict> {
  const url = readOriginUrl(text);
  if (typeof url === "string") return "unknown";
  return await verifySignature(url, material, { now: Date.now(), accountKeys: async () => null });
}

/** What is needed to look into a difference. */
function tell({ kind, how, status, verdict, url }: Judged): string {
  return `${kind}, ${how}: the origin ${status}, we ${verdict}: ${url}`;
}

for (const [name, start] of Object.entries(ALL)) describe(name, () => agreement(start));
tellWhatIsLeftOut();
