const UNITS = ["", "k", "M", "G", "T", "P"];

/** A value beside an axis: short, in the unit of the chart. */
export function axisLabel(value: number, unit: string): string {
  if (unit === "percent") return `${round(value)} %`;
  if (unit === "dollars")
    return `$${value === 0 ? "0" : value < 1 ? value.toPrecision(2) : round(value).toLocaleString("en-US")}`;
  let rest = value;
  let step = 0;
  while (Math.abs(rest) >= 1000 && step < UNITS.length - 1) {
    rest /= 1000;
    step += 1;
  }
  const suffix = unit === "bytes" ? ` ${UNITS[step]}B` : (UNITS[step] ?? "");
  return `${round(rest)}${suffix}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
