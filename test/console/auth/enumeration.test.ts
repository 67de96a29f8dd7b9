import { describe, expect, it } from "vitest";
import { type Answer, browser, linkIn, newAddress, PASSWORD, signedIn, usePeopleWorld } from "./people-world.ts";

const world = usePeopleWorld();

/** An answer without what is another in each: ids, moments, and what was sent. */
function shape({ status, headers, body }: Answer, email: string): unknown {
  const text = JSON.stringify(body).replaceAll(email, "ADDRESS");
  const told = text.replace(/"(id|createdAt|updatedAt)":"[^"]*"/g, '"$1":"…"');
  return { status, told, cookies: headers.getSetCookie().map((field) => field.split("=")[0]) };
}

const mailsTo = (email: string) => world().outbox.filter(({ to }) => to === email);

describe("who does not know whether an address has an account", () => {
  it("does not learn it by signing up: its owner does, by mail", async () => {
    const { email } = await signedIn(world());
    const fresh = newAddress();
    const wish = { name: "Eve", password: "another password" };
    const known = await browser(world()).call("/sign-up/email", { ...wish, email });
    const unknown = await browser(world()).call("/sign-up/email", { ...wish, email: fresh });
    expect(shape(known, email)).toEqual(shape(unknown, fresh));
    expect(mailsTo(email).at(-1)?.subject).toBe("You have an account already");
    expect(mailsTo(fresh).at(-1)?.subject).toBe("Confirm your address");
    // The account is as it was.
    expect((await browser(world()).call("/sign-in/email", { email, password: PASSWORD })).status).toBe(200);
    expect((await browser(world()).call("/sign-in/email", { email, password: wish.password })).status).toBe(401);
  });

  it("does not learn it by another spelling of the address", async () => {
    const { email } = await signedIn(world());
    const wish = { name: "Eve", password: "another password", email: email.toUpperCase() };
    expect((await browser(world()).call("/sign-up/email", wish)).status).toBe(200);
    expect(mailsTo(email).at(-1)?.subject).toBe("You have an account already");
  });

  it("does not learn it by signing in with a wrong password", async () => {
    const { email } = await signedIn(world());
    const fresh = newAddress();
    const known = await browser(world()).call("/sign-in/email", { email, password: "a wrong password" });
    const unknown = await browser(world()).call("/sign-in/email", { email: fresh, password: "a wrong password" });
    expect(known.status).toBe(401);
    expect(shape(known, email)).toEqual(shape(unknown, fresh));
    expect(mailsTo(fresh)).toEqual([]);
  });

  it("does not learn it by asking for a new password", async () => {
    const { email } = await signedIn(world());
    const fresh = newAddress();
    const ask = (address: string) => browser(world()).call("/request-password-reset", { email: address });
    const [known, unknown] = [await ask(email), await ask(fresh)];
    expect(known.status).toBe(200);
    expect(shape(known, email)).toEqual(shape(unknown, fresh));
    expect(mailsTo(email).at(-1)?.subject).toBe("Choose a new password");
    expect(mailsTo(fresh)).toEqual([]);
  });

  it("does not learn it by asking for another mail to confirm", async () => {
    const { email } = await signedIn(world());
    const fresh = newAddress();
    const ask = (address: string) => browser(world()).call("/send-verification-email", { email: address });
    const [known, unknown] = [await ask(email), await ask(fresh)];
    expect(shape(known, email)).toEqual(shape(unknown, fresh));
    expect(mailsTo(fresh)).toEqual([]);
  });
});

describe("a new password", () => {
  const reset = async (email: string) => {
    const at = browser(world());
    await at.call("/request-password-reset", { email });
    const location = new URL(linkIn(world(), email));
    return { at, location, token: location.searchParams.get("token") ?? "" };
  };

  it("is chosen by the mail's link, which signs everybody out and tells the owner", async () => {
    const here = await signedIn(world());
    const { at, token, location } = await reset(here.email);
    expect(location.pathname).toBe("/reset");
    const newPassword = "a new password of mine";
    expect((await at.call("/reset-password", { newPassword, token })).status).toBe(200);
    expect((await here.call("/get-session")).body).toEqual({ text: "null" });
    expect(mailsTo(here.email).at(-1)?.subject).toBe("Your password was changed");
    expect((await at.call("/sign-in/email", { email: here.email, password: PASSWORD })).status).toBe(401);
    expect((await at.call("/sign-in/email", { email: here.email, password: newPassword })).status).toBe(200);
  });

  it("is chosen once by one link", async () => {
    const { email } = await signedIn(world());
    const { at, token } = await reset(email);
    await at.call("/reset-password", { newPassword: "a new password of mine", token });
    const again = await at.call("/reset-password", { newPassword: "another password", token });
    expect(again).toMatchObject({ status: 400, body: { code: "INVALID_TOKEN" } });
  });

  it("is not chosen by a link that nobody was sent", async () => {
    const again = await browser(world()).call("/reset-password", { newPassword: "another password", token: "x" });
    expect(again).toMatchObject({ status: 400, body: { code: "INVALID_TOKEN" } });
  });
});
