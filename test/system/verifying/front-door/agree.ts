import { beforeAll, expect, it } from "vitest";
import { inTurns } from "../../../../src/app/in-turns.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { generateLinks } from "../links/generate.ts";
import type { Link } from "../links/link.ts";
import { type OriginAnswer, originSays } from "../origin-says.ts";
import { KEYS } from "../origins/objects.ts";
import type { Difference } from "../origins/verifying-origin.ts";
import { type FrontDoorAnswer, frontDoorSays } from "./ask.ts";
import { makeCopies } from "./copies.ts";
import type { Mode, Place } from "./places.ts";

/** Downloads at a time. */
const WIDTH = 8;
const FEWEST_LINKS = 200;

type Answered = Link & OriginAnswer & { readonly answer: FrontDoorAnswer };

/** Whether the front door gives our copy to exactly those whom the origin itself would serve. */
export function agree(stack: () => Stack, place: () => Place, mode: Mode): void {
  let links: readonly Link[];
  const good = () => links.filter(({ kind }) => kind === "good");
  const differs = (link: Link, verdict: Difference["verdict"]) =>
    place().origin.differences.some((one) => one.of(link) && one.verdict === verdict);

  beforeAll(async () => {
    const { origin, doors } = place();
    links = await generateLinks(origin.signer(doors[mode]), KEYS, Date.now());
    await makeCopies(
      stack(),
      good().map(({ url }) => url),
    );
  });

  // First, since the origin is asked about these very links below.
  it("gives our copy for good links, and asks the origin when it must", async () => {
    const { asked, url: door } = place().doors[mode];
    const probeOf = (url: string) => `GET ${url.slice(door.length)} bytes=0-0`;
    const before = asked.length;
    const answers = await inTurns(good(), WIDTH, ({ url }) => frontDoorSays(stack(), url, true));
    expect(answers).toEqual(good().map(() => "copy"));
    const after = new Set(asked.slice(before));
    const mustAsk = good().filter((link) => mode === "probe" || differs(link, "unknown"));
    expect(
      good()
        .filter(({ url }) => after.has(probeOf(url)))
        .map(({ how }) => how),
    ).toEqual(mustAsk.map(({ how }) => how));
  });

  it("gives our copy exactly when the origin would serve", async () => {
    const answered = await inTurns(links, WIDTH, async (link): Promise<Answered> => {
      const origin = await originSays(link.url);
      const copyIsDue = origin.serves && !isRefused(link);
      return { ...link, ...origin, answer: await frontDoorSays(stack(), link.url, copyIsDue) };
    });
    expect(new Set(answered.map(({ url }) => url)).size).toBeGreaterThanOrEqual(FEWEST_LINKS);
    const wrong = answered.filter(({ answer, serves }) => answer !== (serves ? "copy" : "origin"));
    expect(wrong.filter((link) => !(link.answer === "origin" && isRefused(link))).map(tell)).toEqual([]);
  });

  /** Whether it is explained that a link like that gets no copy though the origin serves it. */
  function isRefused(link: Link): boolean {
    return place().origin.differences.some(
      ({ of, verdict, probeToo }) => of(link) && (mode === "probe" ? probeToo : verdict === "invalid"),
    );
  }
}

/** What is needed to look into a difference. */
function tell({ kind, how, status, answer, url }: Answered): string {
  return `${kind}, ${how}: the origin ${status}, the front door ${answer}: ${url}`;
}
