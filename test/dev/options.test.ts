import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ACCESS_MODES } from "../../src/core/tenant.ts";
import { parseOptions, USAGE } from "../../src/dev/options.ts";

describe("options of npm run dev", () => {
  test("none", () => {
    expect(parseOptions([])).toEqual({
      ...{ port: 8787, consolePort: 8788, state: resolve(".snapbyte"), fresh: false },
      ...{ originRules: [], originPort: null, databasePort: null },
    });
  });

  test("all", () => {
    const options = parseOptions([
      ...["--port", "9000", "--state", "/tmp/x", "--fresh", "--origin-port=9001", "--database-port", "9002"],
      ...["--allow-origin", "http://127.0.0.1:9100"],
    ]);
    expect(options).toMatchObject({ port: 9000, state: "/tmp/x", fresh: true, originPort: 9001, databasePort: 9002 });
    expect(options.originRules).toHaveLength(1);
  });

  test.each([
    ["https://a.example.com/x=y", null, "/x=y"],
    ["https://a.example.com/x=public/", null, "/x=public/"],
    ["https://a.example.com/x=y=public", "public", "/x=y"],
    ["https://a.example.com=probe", "probe", "/"],
    ["https://a.example.com/x/=verify", "verify", "/x/"],
    ["http://127.0.0.1:9100=signed", "signed", "/"],
    ["https://a.example.com/=public=signed", "signed", "/=public"],
    ["https://a.example.com/=private", null, "/=private"],
  ])("--allow-origin %s", (text, access, pathPrefix) => {
    expect(parseOptions(["--allow-origin", text]).originRules).toMatchObject([{ access, pathPrefix }]);
  });

  test("the console can be left out", () => {
    expect(parseOptions(["--console-port", "0"]).consolePort).toBeNull();
    expect(parseOptions(["--console-port", "9003"]).consolePort).toBe(9003);
  });

  test("names every way to prove access", () => {
    for (const mode of ACCESS_MODES) expect(USAGE).toContain(mode);
  });

  test.each([["--port", "x"], ["--port", "0"], ["--port", "70000"], ["--allow-origin", "ftp://x"], ["--nonsense"]])(
    "%s %s is refused in words",
    (...args) => {
      expect(() => parseOptions(args)).toThrow(expect.objectContaining({ name: "StackError" }));
    },
  );
});
