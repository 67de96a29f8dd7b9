/** The ISO 8601 forms that Azure takes, in UTC: a date, minutes, seconds, and up to seven digits of a fraction. */
const SHAPE = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?Z)?$/;

/** The moment in ms since the epoch, `null` for any other form ("Create a service SAS", Microsoft Learn). */
export function azureTime(text: string): number | null {
  const [, date, minutes = "00:00", seconds = "00", fraction = ""] = SHAPE.exec(text) ?? [];
  const milliseconds = fraction.slice(0, 3).padEnd(3, "0");
  const time = Date.parse(`${date}T${minutes}:${seconds}.${milliseconds}Z`);
  // Date.parse rolls 30 February over into March.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(`${date}T${minutes}`) ? null : time;
}
