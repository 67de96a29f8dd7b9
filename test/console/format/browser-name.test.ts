import { describe, expect, it } from "vitest";
import { browserName } from "../../../src/console/format/browser-name.ts";

const LIKE = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("the name of a browser", () => {
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${LIKE} Chrome/142.0.0.0 Safari/537.36`, "Chrome on Windows"],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${LIKE} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
      "Edge on Windows",
    ],
    [`Mozilla/5.0 (Linux; Android 16; Pixel 9) ${LIKE} Chrome/142.0.0.0 Mobile Safari/537.36`, "Chrome on Android"],
    [`Mozilla/5.0 (X11; CrOS x86_64 16000.0.0) ${LIKE} Chrome/142.0.0.0 Safari/537.36`, "Chrome on ChromeOS"],
    [`Mozilla/5.0 (X11; Linux x86_64) ${LIKE} HeadlessChrome/142.0.0.0 Safari/537.36`, "Chrome on Linux"],
    [`Mozilla/5.0 (X11; Linux x86_64) ${LIKE} Chrome/142.0.0.0 Safari/537.36 OPR/120.0.0.0`, "Opera on Linux"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
      "Safari on macOS",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1",
      "Chrome on iOS",
    ],
    ["curl/8.16.0", "curl"],
    ["Something (Linux)", "A browser on Linux"],
    ["<script>alert(1)</script>", "An unknown browser"],
    ["", "An unknown browser"],
    [null, "An unknown browser"],
  ])("of %j is %s", (userAgent, name) => {
    expect(browserName(userAgent)).toBe(name);
  });
});
