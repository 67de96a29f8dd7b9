const UNITS = ["", "k", "M", "G", "T", "P"];
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const DAY_S = 86_400;

/** A moment, in seconds since the epoch, as precise as its chart, whose points are `step` seconds apart. */
export function momentLabel(at: number | null, step: number): string {
  if (at == null) return "";
  const date = new Date(at * 1000);
  return step >= DAY_S ? DAY.format(date) : `${DAY.format(date)}, ${CLOCK.format(date)}`;
}

/** A value beside an axis: short, in the unit of the chart. */
export function axisLabel(value: number, unit: string): string {
  if (unit === "percent") return `${round(value)} %`;
  if (unit === "dollars")
    return `$${value > 0 && value < 1 ? value.toPrecision(2) : round(value).toLocaleString("en-US")}`;
  let rest = value;
  let step = 0;
  while (Math.abs(rest) >= 1000 && step < UNITS.length - 1) {
    rest /= 1000;
    step += 1;
  }
  return `${round(rest)}${unit === "bytes" ? ` ${UNITS[step]}B` : UNITS[step]}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
