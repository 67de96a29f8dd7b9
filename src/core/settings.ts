import { SnapbyteError } from "./errors.ts";

/** What a deployment was given: settings and bindings by name, unchecked. */
export type RawSettings = Readonly<Record<string, unknown>>;

/** A setting that must be there. Throws MISCONFIGURED with its name, never its value. */
export function text(raw: RawSettings, name: string): string {
  return optionalText(raw, name) ?? missing(name);
}

/** A setting that may be absent. */
export function optionalText(raw: RawSettings, name: string): string | null {
  const value = raw[name];
  return typeof value === "string" && value !== "" ? value : null;
}

/** A setting that is a positive number, or `fallback` when it is absent. */
export function positiveNumber(raw: RawSettings, name: string, fallback: number): number {
  const value = optionalText(raw, name);
  if (value === null) return fallback;
  return Number(value) > 0 && Number.isFinite(Number(value)) ? Number(value) : missing(name);
}

/** A binding that must be there. Its kind is the caller's word: wrangler.toml decides what is bound. */
export function binding<Binding>(raw: RawSettings, name: string): Binding {
  const value = raw[name];
  return typeof value === "object" && value !== null ? (value as Binding) : missing(name);
}

/** A setting that only counts when the reader understands it. */
export function parsed<Value>(raw: RawSettings, name: string, read: (value: string) => Value | null): Value {
  return read(text(raw, name)) ?? missing(name);
}

function missing(name: string): never {
  throw new SnapbyteError("MISCONFIGURED", `This deployment lacks a valid ${name}.`);
}
