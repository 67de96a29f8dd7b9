import { DrizzleQueryError } from "drizzle-orm/errors";
import { describe, expect, it } from "vitest";
import { causeOf } from "../../src/console/report.ts";

describe("what is logged of an error", () => {
  it("is its name, its text and where it was", () => {
    const cause = causeOf(new TypeError("nothing there"));
    expect(cause).toMatch(/^TypeError: nothing there\n\s+at /);
  });

  it("has a statement that failed, and nothing of what it was asked with", () => {
    const asked = ["session-token-1", "anna@example.com", "a name\nof two lines\n    at home"];
    const sql = 'select * from "people"."session" where "token" = $1';
    const cause = causeOf(new DrizzleQueryError(sql, asked, new Error("Postgres is away")));
    expect(cause).toContain(sql);
    expect(cause).toMatch(/\n\s+at .*report\.test\.ts/);
    for (const secret of [...asked, "two lines", "at home"]) expect(cause).not.toContain(secret);
  });

  it("has nothing of it either where the stack does not hold the text, or there is no error at all", () => {
    const odd = new DrizzleQueryError("select 1", ["secret"], new Error("x"));
    odd.stack = "elsewhere\nparams: secret\n    at nowhere";
    expect(causeOf(odd)).not.toContain("secret");
    expect(causeOf("select 1\nparams: secret")).toBe("select 1");
    expect(causeOf(undefined)).toBe("undefined");
  });

  it("has no URL's credentials", () => {
    const cause = causeOf(new Error("fetch https://a.s3.amazonaws.com/x?X-Amz-Signature=abcdef failed"));
    expect(cause).not.toContain("abcdef");
  });
});
