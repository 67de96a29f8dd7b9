import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

describe.each(["wrangler.toml", "src/consumer/wrangler.toml", "src/console/wrangler.toml"])("%s", (file) => {
  const text = readFileSync(join(ROOT, file), "utf8");
  const section = (name: string) => text.split(`[${name}]\n`)[1]?.split("\n[")[0] ?? "";

  it("THREATS 20: lets the platform keep no URL in its logs, neither query nor path", () => {
    expect(section("observability")).toMatch(/^redact_query_string = true$/m);
    expect(section("observability.logs")).toMatch(/^invocation_logs = false$/m);
  });

  it("THREATS 4: lets the platform reach nothing but the public internet", () => {
    expect(text).toMatch(/^compatibility_flags = \[.*"global_fetch_strictly_public".*\]$/m);
  });
});

describe("the limits of management calls", () => {
  const text = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
  /** A section's values by name, for each section whose header fits. */
  const sections = (header: RegExp) =>
    text
      .split(/^(?=\[)/m)
      .filter((section) => header.test(section))
      .map((section) => (name: string) => new RegExp(`\\b${name} = "?([\\w-]+)`).exec(section)?.[1] ?? "");

  it.each(["", "env.staging.", "env.production."])("are told to the Worker as its bindings have them: %j", (prefix) => {
    const [vars] = sections(new RegExp(`^\\[${prefix}vars\\]`));
    const bindings = sections(new RegExp(`^\\[\\[${prefix}ratelimits\\]\\]`));
    expect(bindings.map((value) => value("name"))).toEqual(["CALLER_LIMIT", "TENANT_LIMIT"]);
    for (const value of bindings) {
      expect(value("limit")).toBe(vars?.(`${value("name")}_PER_MINUTE`));
      expect(value("period")).toBe("60");
    }
  });

  it("are counted apart", () => {
    const ids = sections(/^\[\[(?:env\.\w+\.)?ratelimits\]\]/).map((value) => value("namespace_id"));
    expect(new Set(ids).size).toBe(6);
  });
});
