const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `21 Nov 2026`. */
export function day(iso: string): string {
  return DATE.format(new Date(iso));
}

/** `21 Nov 2026, 13:30 UTC`. */
export function moment(iso: string): string {
  const date = new Date(iso);
  return `${DATE.format(date)}, ${CLOCK.format(date)} UTC`;
}

/** `13:00`, of UTC. */
export function clock(iso: string): string {
  return CLOCK.format(new Date(iso));
}

/** `3 hours ago`, `in 2 days`; what is further away than a month by its date. */
export function fromNow(iso: string, now: number): string {
  const away = Date.parse(iso) - now;
  const size = Math.abs(away);
  if (size < 45_000) return away > 0 ? "in a moment" : "just now";
  if (size > 30 * DAY) return day(iso);
  const [amount, unit] =
    size < 59.5 * MINUTE
      ? [Math.round(size / MINUTE), "minute"]
      : size < 23.5 * HOUR
        ? [Math.round(size / HOUR), "hour"]
        : [Math.round(size / DAY), "day"];
  const text = `${amount} ${unit}${amount === 1 ? "" : "s"}`;
  return away > 0 ? `in ${text}` : `${text} ago`;
}
