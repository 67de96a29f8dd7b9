import { describe, expect, it } from "vitest";
import { personOf } from "../../../src/console/auth/person.ts";
import { browser, linkIn, newAddress, PASSWORD, pressed, signedIn, usePeopleWorld } from "./people-world.ts";

const world = usePeopleWorld();
const SESSION = "__Host-snapbyte.session_token";

describe("signing up and in", () => {
  it("takes a confirmed address and its password, and signs out again", async () => {
    const email = newAddress();
    const at = browser(world());
    const signedUp = await at.call("/sign-up/email", { name: "Anna", email, password: PASSWORD });
    expect(signedUp.status).toBe(200);
    expect(at.jar.has(SESSION)).toBe(false);
    const early = await at.call("/sign-in/email", { email, password: PASSWORD });
    expect(early).toMatchObject({ status: 403, body: { code: "EMAIL_NOT_VERIFIED" } });
    await at.call(pressed(linkIn(world(), email)));
    expect((await at.call("/sign-in/email", { email, password: PASSWORD })).status).toBe(200);
    const { person } = await personOf(world(), at.request());
    expect(person).toMatchObject({ email, name: "Anna", isOperator: false, hasSecondFactor: false, operator: null });
    expect((await at.call("/sign-out", {})).status).toBe(200);
    expect((await personOf(world(), at.request())).person).toBeNull();
    expect(world().reports).toEqual([]);
  });

  it("ends a session where it is signed out, whoever has kept its cookie", async () => {
    const at = await signedIn(world());
    const kept = at.request();
    await at.call("/sign-out", {});
    expect((await personOf(world(), kept)).person).toBeNull();
  });

  it.each([
    ["a short password", { password: "nine char" }],
    ["a very long password", { password: "x".repeat(129) }],
    ["no address", { email: "nobody" }],
    ["no password", { password: "" }],
  ])("refuses %s", async (_, changes) => {
    const wish = { name: "Anna", email: newAddress(), password: PASSWORD, ...changes };
    const { status } = await browser(world()).call("/sign-up/email", wish);
    expect(status).toBe(400);
  });

  it("lets nobody call themselves an operator", async () => {
    const email = newAddress();
    const at = browser(world());
    await at.call("/sign-up/email", { name: "Eve", email, password: PASSWORD, role: "operator", emailVerified: true });
    expect((await at.call("/sign-in/email", { email, password: PASSWORD })).status).not.toBe(200);
    if (world().outbox.some(({ to }) => to === email)) {
      await at.call(pressed(linkIn(world(), email)));
      await at.call("/sign-in/email", { email, password: PASSWORD });
    }
    const { person } = await personOf(world(), at.request());
    expect(person?.isOperator ?? false).toBe(false);
  });
});

describe("the cookie of a session", () => {
  it("is this host's alone, hidden from scripts, sent over TLS, and not with other sites' forms", async () => {
    const email = newAddress();
    const at = browser(world());
    await at.call("/sign-up/email", { name: "Anna", email, password: PASSWORD });
    await at.call(pressed(linkIn(world(), email)));
    const { headers } = await at.call("/sign-in/email", { email, password: PASSWORD });
    const [field = ""] = headers.getSetCookie().filter((each) => each.startsWith(SESSION));
    for (const attribute of [/; HttpOnly/i, /; Secure/i, /; SameSite=Lax/i, /; Path=\//i])
      expect(field).toMatch(attribute);
    // Else browsers would not take it: RFC 6265bis, section 4.1.3.2.
    for (const set of headers.getSetCookie()) expect(set).toMatch(/^__Host-(?!.*domain=).*; Path=\/(?:;|$)/i);
  });

  it("is another after each sign-in: one that was put there before opens nothing", async () => {
    const victim = await signedIn(world());
    const attacker = await signedIn(world());
    const planted = attacker.jar.get(SESSION) ?? "";
    victim.jar.set(SESSION, planted);
    await victim.call("/sign-in/email", { email: victim.email, password: PASSWORD });
    expect(victim.jar.get(SESSION)).not.toBe(planted);
    expect((await personOf(world(), attacker.request())).person?.email).toBe(attacker.email);
  });

  it.each(["x", "", "a.b", "%00", "long"])("that is made up is nobody's: %j", async (text) => {
    const value = text === "long" ? "x".repeat(5_000) : text;
    const at = browser(world());
    at.jar.set(SESSION, value);
    expect((await personOf(world(), at.request())).person).toBeNull();
  });

  it("that was changed is nobody's", async () => {
    const at = await signedIn(world());
    at.jar.set(
      SESSION,
      (at.jar.get(SESSION) ?? "").replace(/^./, (first) => (first === "a" ? "b" : "a")),
    );
    expect((await personOf(world(), at.request())).person).toBeNull();
  });
});

describe("a person's sessions", () => {
  it("are listed and revoked, one or all others", async () => {
    const here = await signedIn(world());
    const there = browser(world());
    const elsewhere = browser(world());
    for (const at of [there, elsewhere]) await at.call("/sign-in/email", { email: here.email, password: PASSWORD });
    const { body } = await here.call("/list-sessions");
    const sessions = JSON.parse((body as { text: string }).text) as { token: string; userAgent: string }[];
    expect(sessions).toHaveLength(3);
    expect(sessions[0]).toMatchObject({ userAgent: "a browser", ipAddress: "192.0.2.1" });
    const token = decodeURIComponent(there.jar.get(SESSION) ?? "").split(".")[0];
    expect((await here.call("/revoke-session", { token })).status).toBe(200);
    expect((await personOf(world(), there.request())).person).toBeNull();
    expect((await personOf(world(), elsewhere.request())).person).not.toBeNull();
    await here.call("/revoke-other-sessions", {});
    expect((await personOf(world(), elsewhere.request())).person).toBeNull();
    expect((await personOf(world(), here.request())).person).not.toBeNull();
  });

  it("cannot be revoked by anybody else", async () => {
    const [anna, eve] = [await signedIn(world()), await signedIn(world())];
    const token = decodeURIComponent(anna.jar.get(SESSION) ?? "").split(".")[0];
    await eve.call("/revoke-session", { token });
    expect((await personOf(world(), anna.request())).person).not.toBeNull();
  });
});
