const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const TIME = "(\\d{2}):(\\d{2}):(\\d{2})";

/** `Sun, 06 Nov 1994 08:49:37 GMT`, and two older spellings that a recipient must take as well. */
const IMF_FIXDATE = new RegExp(`^${DAY}, (\\d{2}) (${MONTHS.join("|")}) (\\d{4}) ${TIME} GMT$`);
const RFC_850 = new RegExp(`^[A-Z][a-z]{5,8}, (\\d{2})-(${MONTHS.join("|")})-(\\d{2}) ${TIME} GMT$`);
const ASCTIME = new RegExp(`^${DAY} (${MONTHS.join("|")}) ([ \\d]\\d) ${TIME} (\\d{4})$`);

/** An HTTP date (RFC 9110 section 5.6.7) in ms since the epoch, or `null`: an invalid date is as good as none. */
export function parseHttpDate(text: string | null): number | null {
  const fixed = IMF_FIXDATE.exec(text ?? "");
  if (fixed) return utc(fixed[3], fixed[2], fixed[1], fixed.slice(4));
  const old = RFC_850.exec(text ?? "");
  // Two digits of a year never meant one that is more than 50 years ahead; those dates were written before 2000.
  if (old) return utc(`${Number(old[3]) < 70 ? 20 : 19}${old[3]}`, old[2], old[1], old.slice(4));
  const c = ASCTIME.exec(text ?? "");
  return c ? utc(c[6], c[1], c[2], c.slice(3, 6)) : null;
}

function utc(year = "", month = "", day = "", time: readonly string[] = []): number | null {
  const [hour = 0, minute = 0, second = 0] = time.map(Number);
  if (hour > 23 || minute > 59 || second > 60) return null;
  const date = Date.UTC(Number(year), MONTHS.indexOf(month), Number(day), hour, minute, second);
  return new Date(date).getUTCDate() === Number(day) || second === 60 ? date : null;
}
