/** Sizes as people type them, exactly: `10 GB`, `1.5 MB`, `4096`. */

/** Decimal units, as everywhere on our pages; those with an i are the binary ones. */
const UNITS: Readonly<Record<string, number>> = {
  ...{ "": 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
  ...{ kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
};
const WRITTEN = [
  [1e12, "TB"],
  [1e9, "GB"],
  [1e6, "MB"],
  [1e3, "kB"],
] as const;

/** Bytes; `null`: it is no size, or no whole number of bytes. */
export function readSize(text: string): number | null {
  const [, digits = "", unit = ""] = /^(\d[\d,_ ]*(?:\.\d{1,12})?)\s*([kmgt]?i?b)?$/i.exec(text.trim()) ?? [];
  const size = Number(digits.replaceAll(/[,_ ]/g, "")) * (UNITS[unit.toLowerCase()] ?? Number.NaN);
  const whole = Math.round(size);
  const isWhole = digits !== "" && Math.abs(size - whole) < 1e-6 * Math.max(1, size / 1e6);
  return isWhole && Number.isSafeInteger(whole) ? whole : null;
}

/** What {@link readSize} reads as exactly this many bytes, in the largest unit that says it in three digits' fraction. */
export function writeSize(size: number): string {
  const [unit, name] = WRITTEN.find(([each]) => size >= each && size % (each / 1000) === 0) ?? [1, ""];
  return name === "" ? String(size) : `${size / unit} ${name}`;
}
