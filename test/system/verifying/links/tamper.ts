import { earlier, later, swapCharacter } from "./characters.ts";
import type { Signer } from "./link.ts";
import { at, changeAfter, changeAt, type Parts, positionOf, putTogether, takeApart } from "./parts.ts";

type Names = Pick<Signer, "expiry" | "signature">;

/** Changes a link in one way, at a place that `n` chooses. */
type Change = (link: Parts, n: number, names: Names) => Parts;

/** The ways in which somebody may try to make more of a link than it is. */
const CHANGES: Readonly<Record<string, Change>> = {
  "a character of the signature": (link, n, names) => changeSignature(link, names, (value) => swapCharacter(value, n)),
  "a character of the path": (link, n) => changePath(link, (path) => swapCharacter(path, n)),
  "a later end": (link, _, { expiry }) => changeAt(link, positionOf(link, expiry), later),
  "a character of a parameter": (link, n) => changeAt(link, n, (value) => swapCharacter(value, n)),
  "one parameter less": (link, n) => changeParameters(link, (all) => all.toSpliced(n % all.length, 1)),
  "one parameter more": (link, n) => changeParameters(link, (all) => all.toSpliced(n % all.length, 0, `more=${n}`)),
  "a shorter signature": (link, n, names) => changeSignature(link, names, (value) => value.slice(0, -1 - (n % 8))),
  "a longer signature": (link, _, names) => changeSignature(link, names, (value) => `${value}0`),
  "no signature": (link, _, names) => changeSignature(link, names, () => ""),
  "a longer path": (link, n) => changePath(link, (path) => path + (n % 2 ? "/" : "x")),
  "a shorter path": (link) => changePath(link, (path) => path.slice(0, -1)),
  "a doubled slash": (link) => changePath(link, (path) => path.replace(/\/([^/]*)$/, "//$1")),
  "an earlier end": (link, _, { expiry }) => changeAt(link, positionOf(link, expiry), earlier),
  "a parameter twice": (link, n) => changeParameters(link, (all) => [...all, at(all, n)]),
  "a parameter twice, changed": (link, n) => changeParameters(link, (all) => withChanged(all, n)),
  "a name in lower case": lowerCaseName,
  "the signature's name in lower case": (link, _, { signature }) => lowerCaseName(link, positionOf(link, signature)),
  "two values exchanged": exchange,
};

/** `link` changed in the `n`th way, or the next one that makes a difference to it, and what was done. */
export function tamper(link: string, n: number, names: Names): { readonly how: string; readonly url: string } {
  const changes = Object.entries(CHANGES);
  const round = Math.floor(n / changes.length);
  for (let next = n; next < n + changes.length; next++) {
    const [how, change] = at(changes, next);
    const url = putTogether(change(takeApart(link), n + round, names));
    if (url !== link) return { how, url };
  }
  throw new Error("no change makes a difference to this link");
}

/** The address of one link with the parameters of another. */
export function graft(object: string, credentials: string): string {
  return putTogether({ ...takeApart(object), parameters: takeApart(credentials).parameters });
}

function changeSignature(link: Parts, { signature }: Names, change: (value: string) => string): Parts {
  return changeAt(link, positionOf(link, signature), change);
}

function changePath(link: Parts, change: (path: string) => string): Parts {
  return { ...link, path: changeAfter("/", link.path, change) };
}

function changeParameters(link: Parts, change: (all: readonly string[]) => readonly string[]): Parts {
  return { ...link, parameters: change(link.parameters) };
}

function withChanged(all: readonly string[], n: number): readonly string[] {
  const changed = changeAfter("=", at(all, n), (value) => swapCharacter(value, n));
  return n % 2 ? [...all, changed] : [changed, ...all];
}

function lowerCaseName(link: Parts, n: number): Parts {
  const [name = "", ...value] = at(link.parameters, n).split("=");
  return {
    ...link,
    parameters: link.parameters.with(n % link.parameters.length, [name.toLowerCase(), ...value].join("=")),
  };
}

function exchange(link: Parts, n: number): Parts {
  const [one, other] = [at(link.parameters, n), at(link.parameters, n + 1)].map((parameter) => parameter.split("=")[1]);
  return changeAt(
    changeAt(link, n, () => other ?? ""),
    n + 1,
    () => one ?? "",
  );
}
