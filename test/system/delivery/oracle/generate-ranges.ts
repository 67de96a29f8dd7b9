import { type Arbitrary, array, constant, constantFrom, nat, oneof, tuple } from "fast-check";

/** What is no range of any form, or is of none that means anything. */
const MALFORMED = ["-", "a-b", "5-4", "1--2", "--1", "+1-2", "0x1-2", "1-2-3", "1.0-2", "1", "*", "0 1-2"];
/** What is no set of ranges in bytes. */
const NO_SETS = [
  "bytes",
  "bytes=",
  "0-5",
  "items=0-5",
  "bytes:0-5",
  "byte=0-5",
  "none=0-5",
  "=0-5",
  "bytes=,",
  "bytes= ",
];
/** Whoever wants to keep a server busy. */
const ABSURD = [
  "0-0,2-2,".repeat(50),
  "0-,".repeat(30),
  "-1,".repeat(100),
  `${"9".repeat(30)}-`,
  `0-${"9".repeat(30)}`,
];

/** Range fields for a file of `size` bytes: one range, several, absurd and malformed ones. */
export function ranges(size: number): Arbitrary<string> {
  const one = spec(size);
  const several = array(one, { minLength: 2, maxLength: 5 });
  const broken = tuple(array(one, { maxLength: 2 }), constantFrom(...MALFORMED), array(one, { maxLength: 2 }));
  return oneof(
    { weight: 6, arbitrary: one.map((range) => `bytes=${range}`) },
    { weight: 5, arbitrary: tuple(several, comma).map(([all, between]) => `bytes=${all.join(between)}`) },
    { weight: 1, arbitrary: several.map((all) => `bytes=,${all.join(", ,")},`) },
    { weight: 1, arbitrary: one.map((range) => `BYTES=${range}`) },
    { weight: 2, arbitrary: broken.map(([before, bad, after]) => `bytes=${[...before, bad, ...after].join(",")}`) },
    { weight: 1, arbitrary: constantFrom(...NO_SETS) },
    { weight: 1, arbitrary: constantFrom(...ABSURD).map((set) => `bytes=${set.replace(/,$/, "")}`) },
  );
}

const comma = constantFrom(",", ", ", " , ");

/** One range of each form: about the edges of the file, and anywhere. */
function spec(size: number): Arbitrary<string> {
  const edges = [0, 1, 2, size - 2, size - 1, size, size + 1, 2 * size, 2 ** 53].filter((edge) => edge >= 0);
  const at = oneof(constantFrom(...edges), nat(size + 9));
  const short = tuple(at, nat(99)).map(([first, more]) => `${first}-${first + more}`);
  const ordered = tuple(at, at).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  return oneof(
    { weight: 3, arbitrary: short },
    { weight: 2, arbitrary: ordered },
    { weight: 1, arbitrary: at.map((first) => `${first}-`) },
    { weight: 1, arbitrary: at.map((count) => `-${count}`) },
    { weight: 1, arbitrary: constant("0-0") },
  );
}
