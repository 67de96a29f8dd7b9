import type { Asked } from "./exchange.ts";
import type { OracleFile } from "./files.ts";
import { coalesced, elements, isValid, satisfiable } from "./range-text.ts";

/** Why ours is another answer than nginx's, and right. */
export type Reason = {
  readonly name: string;
  /** Of RFC 9110. */
  readonly section: string;
  readonly nginx: string;
  readonly ours: string;
  /** The request to which nginx gives the answer that is right for this one; `null`: the reason does not touch it. */
  readonly asIf: (asked: Asked, file: OracleFile) => Asked | null;
};

/** In the order in which they are tried on. */
export const REASONS: readonly Reason[] = [
  {
    name: "HEAD has no ranges",
    section: "14.2",
    nginx: "answers HEAD with 206 or 416, as it would GET",
    ours: "Range is defined for GET alone, and ignored with any other method",
    asIf: (asked) => (asked.method === "HEAD" ? without(asked, "Range") : null),
  },
  {
    name: "an invalid set of ranges is none",
    section: "14.2",
    nginx: "answers 416 to what is no range",
    ours: "may ignore what is invalid; 416 is for ranges that lie behind the end (15.5.17)",
    asIf: (asked) => (isValid(asked.fields.Range ?? "bytes=0-") ? null : without(asked, "Range")),
  },
  {
    name: "empty elements of a list count for nothing",
    section: "5.6.1.2",
    nginx: "takes an empty element for an invalid range",
    ours: "must parse and ignore a reasonable number of empty list elements",
    asIf: (asked) => {
      const all = elements(asked.fields.Range);
      if (!all?.includes("")) return null;
      return withField(asked, "Range", `bytes=${all.filter((element) => element !== "").join(",")}`);
    },
  },
  {
    name: "a number is one however long it is",
    section: "14.1.2",
    nginx: "answers 416 to an end that 63 bits do not hold",
    ours: "an end behind the last byte means the last byte",
    asIf: (asked) => {
      const range = asked.fields.Range?.replace(/\d{19,}/g, "9".repeat(18));
      return range === undefined || range === asked.fields.Range ? null : withField(asked, "Range", range);
    },
  },
  {
    name: "who asks for very many ranges gets the whole",
    section: "17.15",
    nginx: "sends any number of parts",
    ours: "ignores a set of more than 16, each of which costs a read",
    asIf: (asked, file) => (satisfiable(asked.fields.Range ?? "", file).length > 16 ? without(asked, "Range") : null),
  },
  {
    name: "the last bytes of nothing are all of it",
    section: "14.1.2",
    nginx: "answers 416 to a suffix of an empty file",
    ours: "a suffix that is not 0 is satisfiable, and takes all there is: nothing, which no Content-Range can tell",
    asIf: (asked, { size }) => {
      const suffix = elements(asked.fields.Range)?.some((element) => /^-0*[1-9]/.test(element));
      return size === 0 && suffix ? without(asked, "Range") : null;
    },
  },
  {
    name: "of nothing no byte can be had, not even the first",
    section: "15.5.17",
    nginx: "ignores ranges of an empty file that begin at 0",
    ours: "a range is satisfiable where it begins before the end (14.1.2), and where none is the answer is 416",
    asIf: (asked, { size }) =>
      size === 0 && isValid(asked.fields.Range ?? "") ? withField(asked, "Range", "bytes=1-") : null,
  },
  {
    name: "what overlaps or adjoins is sent once",
    section: "15.3.7.2",
    nginx: "sends the same bytes in several parts, or the whole where that were more",
    ours: "may coalesce ranges that overlap or adjoin, whatever their order",
    asIf: (asked, file) => {
      const range = asked.fields.Range ?? "";
      const one = coalesced(range, file);
      const [asks, sends] = [range, one].map((set) => satisfiable(set, file).length);
      if (asks === undefined || asks < 2 || asks === sends) return null;
      return one === `bytes=0-${file.size - 1}` ? without(asked, "Range") : withField(asked, "Range", one);
    },
  },
  {
    name: "If-None-Match stands instead of If-Modified-Since",
    section: "13.1.3",
    nginx: "answers 304 only where both conditions say that nothing changed",
    ours: "must ignore If-Modified-Since beside If-None-Match",
    asIf: (asked) => ("If-None-Match" in asked.fields ? without(asked, "If-Modified-Since") : null),
  },
  {
    name: "If-Match stands instead of If-Unmodified-Since",
    section: "13.1.4",
    nginx: "answers 412 where either condition fails",
    ours: "must ignore If-Unmodified-Since beside If-Match",
    asIf: (asked) => ("If-Match" in asked.fields ? without(asked, "If-Unmodified-Since") : null),
  },
  {
    name: "what is no date is no condition",
    section: "13.1.4",
    nginx: "answers 412 to If-Unmodified-Since without a date",
    ours: "must ignore If-Unmodified-Since whose value is not a valid HTTP date",
    asIf: (asked) => (isDate(asked.fields["If-Unmodified-Since"]) ? null : without(asked, "If-Unmodified-Since")),
  },
  {
    name: "what is almost a date is no condition either",
    section: "13.1.3",
    nginx: "reads a date in another zone than GMT as if it said GMT",
    ours: "must ignore If-Modified-Since whose value is not a valid HTTP date",
    asIf: (asked) => (isDate(asked.fields["If-Modified-Since"]) ? null : without(asked, "If-Modified-Since")),
  },
  {
    name: "what is almost a date names no representation",
    section: "13.1.5",
    nginx: "reads a date in another zone than GMT as if it said GMT",
    ours: "ignores Range where If-Range does not match the validator exactly",
    asIf: (asked) => {
      const value = asked.fields["If-Range"];
      return value?.includes('"') || isDate(value) ? null : without(asked, "Range");
    },
  },
];

function without(asked: Asked, name: string): Asked | null {
  if (!(name in asked.fields)) return null;
  const { [name]: _, ...fields } = asked.fields;
  return { ...asked, fields };
}

function withField(asked: Asked, name: string, value: string): Asked {
  return { ...asked, fields: { ...asked.fields, [name]: value } };
}

function isDate(text: string | undefined): boolean {
  return text === undefined || (/^[SMTWF][a-z]+,? .+ (?:GMT|\d{4})$/.test(text) && !Number.isNaN(Date.parse(text)));
}
