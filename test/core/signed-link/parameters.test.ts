import { describe, expect, it } from "vitest";
import { SnapbyteError } from "../../../src/core/errors.ts";
import { type RawLinkParameters, readLinkParameters } from "../../../src/core/signed-link/parameters.ts";

const SIG = "o-pXroJ45jZWVSQPd95cNrkO3aaO2DgkU5u3VotgHAo";
const LEAST: RawLinkParameters = {
  exp: "1893456000",
  nbf: null,
  kid: "041ge2od",
  sig: SIG,
  ip: null,
  scope: null,
  tags: null,
};

function problem(parameters: Partial<RawLinkParameters>, hash: string | null = "report-7"): string {
  try {
    readLinkParameters({ ...LEAST, ...parameters }, hash);
  } catch (error) {
    if (error instanceof SnapbyteError) return `${error.code} ${error.message}`;
    throw error;
  }
  throw new Error("it was read");
}

describe("the parameters of a signed link", () => {
  it("are read, with numbers as numbers", () => {
    expect(readLinkParameters(LEAST, null)).toEqual({
      ...{ exp: 1893456000, nbf: null, kid: "041ge2od", sig: SIG, ip: null, scope: null, tags: null },
    });
    const all = { ...LEAST, nbf: "0", ip: "2001:DB8::/32", scope: "rep*", tags: "A,b" };
    expect(readLinkParameters(all, "report-7")).toEqual({
      ...{ exp: 1893456000, nbf: 0, kid: "041ge2od", sig: SIG, ip: "2001:DB8::/32", scope: "rep*", tags: "A,b" },
    });
  });

  it.each(["exp", "kid", "sig"] as const)("need %s", (name) => {
    expect(problem({ [name]: null })).toMatch(new RegExp(`^MISSING_FIELD ${name} `));
  });

  it.each(["nbf", "ip", "scope", "tags", "kid", "sig"] as const)("cannot be %s alone", (name) => {
    const none = { exp: null, nbf: null, kid: null, sig: null, ip: null, scope: null, tags: null };
    expect(problem({ ...none, [name]: "1" })).toMatch(/^MISSING_FIELD exp /);
  });

  it("need a hash beside a scope", () => {
    expect(problem({ scope: "a/*" }, null)).toMatch(/^MISSING_FIELD hash /);
  });

  it.each([
    ["exp", "", "nothing"],
    ["exp", "tomorrow", "a word"],
    ["exp", "-1", "a sign"],
    ["exp", "+1", "a sign"],
    ["exp", "1.5", "a fraction"],
    ["exp", "1e9", "an exponent"],
    ["exp", "0x10", "hexadecimal"],
    ["exp", " 1893456000", "a space"],
    ["exp", "1893456000\n", "a line break"],
    ["exp", "01893456000", "a leading zero, a second spelling of the same number"],
    ["exp", "1893456000000", "milliseconds"],
    ["exp", "١٨٩٣", "other digits"],
    ["nbf", "", "nothing"],
    ["nbf", "00", "a leading zero"],
    ["nbf", "1893456000000", "milliseconds"],
    ["ip", "", "nothing"],
    ["ip", "203.0.113.7/24", "bits beyond its prefix"],
    ["ip", "203.0.113.07", "a leading zero"],
    ["ip", "203.0.113.7,203.0.113.8", "a list"],
    ["tags", "", "nothing"],
    ["tags", "a,,b", "an empty one"],
    ["tags", "a b", "a space"],
    ["tags", "a\nb", "a line break"],
    ["tags", `${"a,".repeat(16)}a`, "more than sixteen"],
    ["tags", "x".repeat(65), "one that is too long"],
    ["scope", "", "nothing"],
    ["scope", "*", "a star alone"],
    ["scope", "rep", "no star"],
    ["scope", "r*p*", "a star in the middle"],
    ["scope", "*rep*", "a star in front"],
    ["scope", "rep\n*", "a line break"],
    ["scope", `${"a".repeat(513)}*`, "too much"],
  ] as const)("refuse %s as %j: %s", (name, value, _) => {
    expect(problem({ [name]: value })).toMatch(new RegExp(`^INVALID_FIELD ${name} `));
  });

  it.each([
    ["another signature", { sig: `${SIG.slice(0, -1)}p` }],
    ["a signature of another form", { sig: "bad" }],
    ["no signature at all", { sig: "" }],
    ["an id that nobody has", { kid: "nobody" }],
    ["an id of another form", { kid: "../x" }],
  ])("do not judge %s: that is the check's, and a 403", (_, changes) => {
    expect(readLinkParameters({ ...LEAST, ...changes }, null)).toMatchObject(changes);
  });

  it("never repeat a value in an error", () => {
    for (const name of ["exp", "nbf", "ip", "scope"] as const) {
      expect(problem({ [name]: "sec ret" }), name).not.toContain("sec ret");
    }
  });
});
