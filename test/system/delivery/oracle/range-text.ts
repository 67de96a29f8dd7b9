import type { OracleFile } from "./files.ts";

/** A range of a set, before it is known of how many bytes (RFC 9110 section 14.1.2). */
type Spec = ({ readonly first: number } & { readonly last: number | null }) | { readonly suffix: number };

/** The elements of a set of ranges in bytes, as they stand there; `null`: it is none. */
export function elements(field: string | undefined): readonly string[] | null {
  const [, set] = /^bytes[ \t]*=(.*)$/i.exec(field ?? "") ?? [];
  return set?.split(",").map((element) => element.trim()) ?? null;
}

/** Whether a set is valid, but for elements that are empty. */
export function isValid(field: string): boolean {
  const named = elements(field)?.filter((element) => element !== "") ?? [];
  return named.length > 0 && named.every((element) => readSpec(element) !== null);
}

/** What can be satisfied, as first and last byte, in the order asked. */
export function satisfiable(field: string, { size }: OracleFile): readonly (readonly [first: number, last: number])[] {
  const specs = (elements(field) ?? []).map(readSpec).filter((spec) => spec !== null);
  return specs.flatMap((spec) => {
    const first = "suffix" in spec ? size - Math.min(spec.suffix, size) : spec.first;
    const last = "suffix" in spec ? size - 1 : Math.min(spec.last ?? size - 1, size - 1);
    return first > last ? [] : [[first, last] as const];
  });
}

/** The same ranges with those as one that overlap or adjoin, where the first of each was asked. */
export function coalesced(field: string, file: OracleFile): string {
  const merged: { first: number; last: number; place: number }[] = [];
  const sorted = satisfiable(field, file).map(([first, last], place) => ({ first, last, place }));
  for (const range of sorted.sort((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (!before || range.first > before.last + 1) merged.push(range);
    else if (range.last > before.last) {
      before.last = range.last;
      before.place = Math.min(before.place, range.place);
    }
  }
  return `bytes=${merged
    .sort((a, b) => a.place - b.place)
    .map(({ first, last }) => `${first}-${last}`)
    .join(",")}`;
}

function readSpec(text: string): Spec | null {
  const [, from = "", to = ""] = /^(\d*)[ \t]*-[ \t]*(\d*)$/.exec(text) ?? [];
  if (from === "") return to === "" ? null : { suffix: Number(to) };
  if (to !== "" && Number(to) < Number(from)) return null;
  return { first: Number(from), last: to === "" ? null : Number(to) };
}
