import { expect } from "vitest";
import { MOST_REDIRECTS } from "../../../../src/app/open-source.ts";
import type { FaultCase } from "../fault-case.ts";
import { status, well } from "../origin/answers.ts";
import { SMALL } from "../origin/bodies.ts";
import type { Asked, Misbehaviour, RawOrigin } from "../origin/raw-origin.ts";

/** To another path of its own. */
const moves: Misbehaviour = async (asked, wire) => {
  const answer = asked.path === "/object" ? status(302, { location: "/elsewhere?a=b" }) : well(SMALL);
  await answer(asked, wire);
};

function pathsOf({ asked }: RawOrigin): string[] {
  return asked.map(({ path }: Asked) => path);
}

/** `foreign`: where nobody allows us to go. */
export function redirects(foreign: RawOrigin): readonly FaultCase[] {
  return [
    {
      name: "redirect to an allowed path",
      origin: moves,
      ends: { ready: SMALL },
      asked: 2,
      also: (origin) => expect(pathsOf(origin)).toEqual(["/object", "/elsewhere?a=b"]),
    },
    {
      name: "redirect to a foreign host",
      origin: status(302, { location: `${foreign.url}/secret` }),
      ends: { failed: "REDIRECT_NOT_ALLOWED" },
      also: () => expect(foreign.asked).toEqual([]),
    },
    {
      name: "redirect to itself",
      origin: status(307, { location: "/object" }),
      ends: { failed: "REDIRECT_REFUSED" },
      asked: 1 + MOST_REDIRECTS,
    },
    { name: "redirect to nowhere", origin: status(301), ends: { failed: "REDIRECT_REFUSED" } },
  ];
}
