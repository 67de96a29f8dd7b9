import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

describe.each(["wrangler.toml", "src/consumer/wrangler.toml"])("%s", (file) => {
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
