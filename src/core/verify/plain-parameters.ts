import { decodeLeniently, type RawParameter } from "../origin-url/raw-url.ts";

/** Values by the names that were asked for. */
export type PlainParameters = ReadonlyMap<string, string>;

/**
 * The parameters of these names. `null` when one of them is not there in its one plain form: given twice, spelt in other
 * letter case, or with a `+` in its value, which one server takes for a space and the next one does not. Whoever cannot
 * tell what the origin reads there has to ask the origin.
 */
export function plainParameters(parameters: readonly RawParameter[], names: readonly string[]): PlainParameters | null {
  const spelling = new Map(names.map((name) => [name.toLowerCase(), name]));
  const found = new Map<string, string>();
  for (const parameter of parameters) {
    const name = spelling.get(parameter.name);
    if (name === undefined) continue;
    if (spelledName(parameter) !== name || found.has(name) || parameter.raw.includes("+")) return null;
    found.set(name, parameter.value);
  }
  return found;
}

/** The parameter's name, percent-decoded, in the letter case of the URL. */
export function spelledName({ raw }: RawParameter): string {
  const equals = raw.indexOf("=");
  return decodeLeniently(equals < 0 ? raw : raw.slice(0, equals));
}
