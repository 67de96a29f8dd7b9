import { describe, expect, it } from "vitest";
import { browser, linkIn, newAddress, PASSWORD, pressed, signedIn, usePeopleWorld } from "./people-world.ts";

const world = usePeopleWorld();

const ELSEWHERE = [
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "\n//evil.example",
  "https://console.example.com.evil.example/",
  "https://console.example.com@evil.example/",
];

describe("a form on another site", () => {
  it.each(["https://evil.example", "https://console.example.com.evil.example", "http://console.example.com", "null"])(
    "changes nothing in somebody's name: %s",
    async (origin) => {
      const { call, jar } = await signedIn(world());
      expect((await call("/sign-out", {}, { origin })).status).toBe(403);
      expect(jar.size).toBeGreaterThan(0);
      const wish = { currentPassword: PASSWORD, newPassword: "another password", revokeOtherSessions: false };
      expect((await call("/change-password", wish, { origin })).status).toBe(403);
    },
  );

  it("signs nobody in under another's name", async () => {
    const { email } = await signedIn(world());
    const at = browser(world(), { origin: "https://evil.example" });
    const fields = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect((await at.call("/sign-in/email", { email, password: PASSWORD }, fields)).status).toBe(403);
    expect(at.jar.size).toBe(0);
  });
});

describe("where to go afterwards", () => {
  it.each(ELSEWHERE)("is never another site: %j", async (callbackURL) => {
    const { email } = await signedIn(world());
    const at = browser(world());
    for (const [path, body] of [
      ["/sign-in/email", { email, password: PASSWORD, callbackURL }],
      ["/sign-up/email", { name: "Eve", email: newAddress(), password: PASSWORD, callbackURL }],
      ["/request-password-reset", { email, redirectTo: callbackURL }],
      ["/send-verification-email", { email: newAddress(), callbackURL }],
    ] as const) {
      const { status, headers } = await at.call(path, body);
      expect([path, status]).toEqual([path, 403]);
      expect(headers.get("location")).toBeNull();
    }
  });

  it("is not changed in the link of a mail", async () => {
    const email = newAddress();
    const at = browser(world());
    await at.call("/sign-up/email", { name: "Anna", email, password: PASSWORD });
    const link = pressed(linkIn(world(), email));
    const { status, headers } = await at.call(`${link}&callbackURL=${encodeURIComponent("https://evil.example/")}`);
    expect(status).toBe(403);
    expect(headers.get("location")).toBeNull();
  });
});

describe("what people call themselves", () => {
  it("ends no line of a mail, and brings no link", async () => {
    const world = await import("../../../src/console/auth/mails.ts");
    const name = "Eve\r\nBcc: all@example.com\n\nhttps://evil.example/pay";
    const { subject, text } = world.inviteMail("a@example.com", name, name, "https://console.example.com/i/1");
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text.match(/https?:\/\/\S+/g)).toEqual(["https://console.example.com/i/1"]);
    expect(text).not.toMatch(/^Bcc/m);
  });
});
