import type { RawParameter } from "../origin-url/raw-url.ts";

/**
 * The decoded values of the parameters that a signature is read from. `invalid`: one is missing or comes twice.
 * `unknown`: one is spelled in a way that servers read differently (another letter case, `+` for a space or itself).
 */
export function soleParameters<Name extends string>(
  parameters: readonly RawParameter[],
  names: readonly Name[],
): Readonly<Record<Name, string>> | "invalid" | "unknown" {
  const values: Partial<Record<Name, string>> = {};
  for (const exact of names) {
    const [only, another] = parameters.filter(({ name }) => name === exact.toLowerCase());
    if (!only || another) return "invalid";
    if (!only.raw.startsWith(`${exact}=`) || only.raw.includes("+")) return "unknown";
    values[exact] = only.value;
  }
  return values as Record<Name, string>;
}
