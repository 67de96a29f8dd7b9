import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LINES_A_SECOND } from "../../../src/core/line-limit.ts";
import { consoleReport } from "../../../src/platform/cloudflare/console-report.ts";
import { MINUTE, NOON, SECOND } from "../../core/samples.ts";

let lines: string[] = [];
/** Each test has a minute of its own: an isolate's lines are counted across them. */
let now = NOON;

beforeEach(() => {
  lines = [];
  now += MINUTE;
  vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
  vi.spyOn(Date, "now").mockImplementation(() => now);
});

afterEach(() => {
  vi.restoreAllMocks();
});

test("a line says what failed and how, without anybody's credentials", () => {
  consoleReport("origin", new TypeError("no answer from https://bucket.example/a?X-Amz-Signature=abcdef0123456789"));
  const { message, ...line } = JSON.parse(lines[0] ?? "") as Record<string, string>;
  expect(line).toEqual({ level: "error", what: "origin" });
  expect(message).toMatch(/^TypeError: no answer from /);
  expect(message).not.toContain("abcdef0123456789");
});

test("a thousand failures of one part are a few lines a second, which tell of the others", () => {
  for (let failure = 0; failure < 1_000; failure += 1) consoleReport("ledger", new Error("late"));
  consoleReport("index", "away");
  expect(lines).toHaveLength(LINES_A_SECOND + 1);
  now += SECOND;
  consoleReport("ledger", new Error("late"));
  const said = { level: "error", what: "ledger", message: "Error: late", unsaid: 1_000 - LINES_A_SECOND };
  expect(JSON.parse(lines.at(-1) ?? "")).toEqual(said);
});
