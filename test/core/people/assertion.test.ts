import { describe, expect, it } from "vitest";
import { toBase64Url } from "../../../src/core/crypto/base64url.ts";
import {
  type Assertion,
  formatAssertion,
  isAssertion,
  parseAssertionKeys,
  readAssertion,
} from "../../../src/core/people/assertion.ts";
import { NOON, SECOND, tenantId } from "../samples.ts";

const secret = (fill: number) => toBase64Url(new Uint8Array(32).fill(fill));
function keysOf(setting: string) {
  const keys = parseAssertionKeys(setting);
  if (!keys) throw new Error("the setting does not parse");
  return keys;
}

const KEYS = keysOf(`7:${secret(7)}`);
const ANNA: Assertion = {
  user: { id: "user-1", name: 'Анна "x"' },
  ...{ tenant: tenantId("acme"), role: "member", operator: null, address: "2001:db8::1" },
};

describe("an assertion", () => {
  it.each<[string, Partial<Assertion>]>([
    ["a person in a tenant", {}],
    ["a person in none", { tenant: null, role: "viewer", address: null }],
    ["an operator", { tenant: null, role: "operator" }],
    ["the console in nobody's name", { tenant: null, role: "service", address: null }],
    ["an operator in somebody's name", { operator: "user-9", role: "owner" }],
  ])("says again what it was told of %s", (_, changes) => {
    const token = formatAssertion(KEYS, { ...ANNA, ...changes }, NOON);
    expect(token).toMatch(/^snap_ses_7\.[\w-]+\.[\w-]{43}$/);
    expect(isAssertion(token)).toBe(true);
    expect(readAssertion(KEYS, token, NOON)).toEqual({ ...ANNA, ...changes });
  });

  it.each([
    [-6, false],
    [-5, true],
    [0, true],
    [59, true],
    [60, false],
    [3_600, false],
  ])("counts %d seconds after it was made: %s", (seconds, counts) => {
    const token = formatAssertion(KEYS, ANNA, NOON);
    expect(readAssertion(KEYS, token, NOON + seconds * SECOND) !== null).toBe(counts);
  });

  it("counts under each key of the ring, and under no other's", () => {
    const old = formatAssertion(KEYS, ANNA, NOON);
    const rotated = keysOf(`8:${secret(8)},7:${secret(7)}`);
    expect(readAssertion(rotated, old, NOON)).toEqual(ANNA);
    expect(formatAssertion(rotated, ANNA, NOON)).toMatch(/^snap_ses_8\./);
    expect(readAssertion(keysOf(`8:${secret(8)}`), old, NOON)).toBeNull();
    expect(readAssertion(keysOf(`7:${secret(8)}`), old, NOON)).toBeNull();
  });

  it("that was changed anywhere is none", () => {
    const token = formatAssertion(KEYS, ANNA, NOON);
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === "A" ? "B" : "A";
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect([at, readAssertion(KEYS, changed, NOON)]).toEqual([at, null]);
    }
  });

  it.each([
    "",
    "snap_ses_",
    "snap_ses_7",
    "snap_ses_7..",
    "snap_key_x",
    `snap_ses_7.${"x".repeat(3_000)}.${"x".repeat(43)}`,
  ])("is none: %#", (token) => {
    expect(readAssertion(KEYS, token, NOON)).toBeNull();
  });

  it("of a name that is too long is cut, and one without an id is none", () => {
    const long = formatAssertion(KEYS, { ...ANNA, user: { id: "user-1", name: "x".repeat(500) } }, NOON);
    expect(readAssertion(KEYS, long, NOON)?.user.name).toHaveLength(128);
    const nobody = formatAssertion(KEYS, { ...ANNA, user: { id: "", name: "x" } }, NOON);
    expect(readAssertion(KEYS, nobody, NOON)).toBeNull();
  });

  it("of a role that there is not is none, were it signed", () => {
    const made = formatAssertion(KEYS, { ...ANNA, role: "superuser" as never }, NOON);
    expect(readAssertion(KEYS, made, NOON)).toBeNull();
  });

  it.each(["", "7", `7:${secret(7)},7:${secret(8)}`, `256:${secret(7)}`, "7:short"])("has no keys in %j", (setting) => {
    expect(parseAssertionKeys(setting)).toBeNull();
  });
});
