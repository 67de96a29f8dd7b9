import { describe, expect, it } from "vitest";
import { OPERATOR, ROLE_SCOPES, ROLES } from "../../../src/core/people/roles.ts";
import { holds, holdsAll, readScopes, SCOPES } from "../../../src/core/people/scopes.ts";

const kindOf = (scope: string) => scope.replace(/:.*$/, ":*");

describe("a scope", () => {
  it.each(SCOPES)("%s is held by who has it, and by who has all", (scope) => {
    expect(holds([scope], scope)).toBe(true);
    expect(holds(["admin"], scope)).toBe(true);
    expect(holds([], scope)).toBe(false);
    const others = SCOPES.filter((each) => each !== scope && each !== "admin" && each !== kindOf(scope));
    expect(holds(others, scope)).toBe(false);
  });

  it("of a whole kind holds each of it, and each of it not the kind", () => {
    expect(holds(["assets:*"], "assets:read")).toBe(true);
    expect(holds(["assets:*"], "assets:write")).toBe(true);
    expect(holds(["assets:*"], "uploads:*")).toBe(false);
    expect(holds(["assets:*"], "cache:read")).toBe(false);
    expect(holds(["assets:read", "assets:write"], "assets:*")).toBe(false);
  });

  it("is handed on by who has it only", () => {
    expect(holdsAll(["cache:read", "usage:read"], ["cache:read"])).toBe(true);
    expect(holdsAll(["cache:read", "usage:read"], ["cache:read", "cache:purge"])).toBe(false);
    expect(
      holdsAll(
        SCOPES.filter((scope) => scope !== "admin"),
        ["admin"],
      ),
    ).toBe(false);
    expect(holdsAll(["admin"], SCOPES)).toBe(true);
    expect(holdsAll([], [])).toBe(true);
  });

  it("of a key from before there were any is all", () => {
    expect(readScopes(null)).toEqual(["admin"]);
  });

  it.each([
    [[], []],
    [
      ["usage:read", "proxy:read"],
      ["proxy:read", "usage:read"],
    ],
    [["proxy:write", "ADMIN", "*", ""], []],
    [["cache:read", "of tomorrow"], ["cache:read"]],
  ])("is read from %j as %j: what no rule knows opens nothing", (stored, scopes) => {
    expect(readScopes(stored)).toEqual(scopes);
  });
});

describe("a role", () => {
  it("has all that each one after it has", () => {
    for (const [at, role] of ROLES.entries()) {
      for (const weaker of ROLES.slice(at + 1)) expect(holdsAll(ROLE_SCOPES[role], ROLE_SCOPES[weaker])).toBe(true);
    }
    expect(holdsAll(ROLE_SCOPES[OPERATOR], ROLE_SCOPES.owner)).toBe(true);
  });

  it.each([
    ["admin", "billing:write"],
    ["admin", "admin"],
    ["member", "keys:write"],
    ["member", "settings:write"],
    ["member", "members:write"],
    ["member", "audit:read"],
    ["viewer", "proxy:read"],
    ["viewer", "cache:purge"],
    ["viewer", "links:write"],
    ["viewer", "assets:write"],
  ] as const)("%s has not %s", (role, scope) => {
    expect(holds(ROLE_SCOPES[role], scope)).toBe(false);
  });

  it("viewer changes nothing", () => {
    expect(ROLE_SCOPES.viewer.every((scope) => scope.endsWith(":read"))).toBe(true);
  });
});
