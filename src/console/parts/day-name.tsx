import { day } from "../format/times.ts";

/** A day in a column of them: on a phone without its year. */
export function DayName({ iso }: { readonly iso: string }) {
  const [date = "", month = "", year = ""] = day(iso).split(" ");
  return (
    <span class="nowrap">
      {date} {month}
      <span class="only-wide"> {year}</span>
    </span>
  );
}
