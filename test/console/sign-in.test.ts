import { describe, expect, it } from "vitest";
import { consoleWorld, ORIGIN } from "./fakes/console-world.ts";
import { CODE, PASSWORD } from "./fakes/fake-auth.ts";
import { cookiesOf, locationOf, textOf } from "./reading.ts";

const RIGHT = { email: "owner@acme.example", password: PASSWORD };

describe("signing in", () => {
  it("leads to where the person wanted to go", async () => {
    const { post } = await consoleWorld();
    const response = await post("/sign-in", { ...RIGHT, next: "/app/acme/files?status=failed" }, null);
    expect([response.status, locationOf(response)]).toEqual([303, "/app/acme/files?status=failed"]);
    expect(cookiesOf(response)).toMatch(/who=owner;/);
  });

  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\/evil.example",
    "/%09/evil.example\t",
    "javascript:alert(1)",
    "/app\r\nSet-Cookie: a=b",
    "evil.example",
  ])("never leads to another site: %j", async (next) => {
    const { post, get } = await consoleWorld();
    const target = locationOf(await post("/sign-in", { ...RIGHT, next }, null));
    expect(new URL(target, ORIGIN).origin).toBe(ORIGIN);
    const whileSignedIn = locationOf(await get(`/sign-in?next=${encodeURIComponent(next)}`));
    expect(new URL(whileSignedIn, ORIGIN).origin).toBe(ORIGIN);
  });

  it("leaves the tenant that an operator has entered in this browser, and so does signing out", async () => {
    const { post } = await consoleWorld();
    const left = /entered=; Path=\/; Max-Age=0/;
    expect(cookiesOf(await post("/sign-in", RIGHT, null))).toMatch(left);
    expect(cookiesOf(await post("/second-factor", { code: CODE }, null))).toMatch(left);
    expect(cookiesOf(await post("/sign-out", {}, "operator"))).toMatch(left);
  });

  it("says the same of a wrong password and of an address that nobody has", async () => {
    const { post } = await consoleWorld();
    const wrong = await post("/sign-in", { ...RIGHT, password: "wrong" }, null);
    const nobody = await post("/sign-in", { email: "nobody@acme.example", password: "wrong" }, null);
    expect([wrong.status, nobody.status]).toEqual([422, 422]);
    const plain = async (response: Response) => (await response.text()).replace(/value="[^"]*@[^"]*"/, "");
    expect(await plain(wrong)).toBe(await plain(nobody));
  });

  it("keeps the address that was typed, and never the password", async () => {
    const { post } = await consoleWorld();
    const html = await textOf(await post("/sign-in", { ...RIGHT, password: "secret-wrong" }, null));
    expect(html).toContain('value="owner@acme.example"');
    expect(html).not.toContain("secret-wrong");
  });

  it("says at the field what is missing", async () => {
    const { post } = await consoleWorld();
    const html = await textOf(await post("/sign-in", { email: "", password: "x" }, null));
    expect(html).toMatch(/id="e-email">Type your e-mail address\./);
    expect(html).toMatch(/aria-invalid="true"[^>]*/);
    expect(html).toContain('role="alert"');
  });

  it("asks for the second factor, and goes on to where the person wanted to go", async () => {
    const { post, get } = await consoleWorld();
    const first = await post(
      "/sign-in",
      { email: "admin@acme.example", password: PASSWORD, next: "/app/acme/keys" },
      null,
    );
    expect(locationOf(first)).toBe("/second-factor?next=%2Fapp%2Facme%2Fkeys");
    expect(await textOf(await get(locationOf(first), null))).toContain('value="/app/acme/keys"');
    const wrong = await post("/second-factor", { code: "000000", next: "/app/acme/keys" }, null);
    expect([wrong.status, await textOf(wrong)]).toEqual([422, expect.stringContaining("does not count")]);
    const right = await post("/second-factor", { code: "123 456", next: "/app/acme/keys" }, null);
    expect(locationOf(right)).toBe("/app/acme/keys");
    expect(CODE).toBe("123456");
  });

  it("ends with signing out", async () => {
    const { post } = await consoleWorld();
    const response = await post("/sign-out", {});
    expect([response.status, locationOf(response)]).toEqual([303, "/"]);
    expect(cookiesOf(response)).toMatch(/who=; Path=\/; Max-Age=0/);
  });
});

describe("signing up", () => {
  const wish = { name: "Ada", email: "ada@new.example", password: PASSWORD };

  it("leads to the page that says to look into the mail, whoever has the address", async () => {
    const { post } = await consoleWorld();
    const fresh = await post("/sign-up", wish, null);
    const taken = await post("/sign-up", { ...wish, email: RIGHT.email }, null);
    expect([fresh.status, locationOf(fresh)]).toEqual([taken.status, locationOf(taken)]);
    expect(locationOf(fresh)).toBe("/confirm");
  });

  it("refuses a short password at its field, and keeps the rest", async () => {
    const { post, auth } = await consoleWorld();
    const html = await textOf(await post("/sign-up", { ...wish, password: "short" }, null));
    expect(html).toMatch(/id="e-password">Use at least 10 characters\./);
    expect(html).toContain('value="Ada"');
    expect(auth.asked).toEqual([]);
  });

  it("confirms with a button, since programs that read mail follow links", async () => {
    const { get, post } = await consoleWorld();
    const page = await get("/confirm?token=good", null);
    expect(cookiesOf(page)).toBe("");
    expect(await textOf(page)).toContain('method="post" action="/confirm"');
    expect(locationOf(await post("/confirm", { token: "good" }, null))).toBe("/app");
    expect((await post("/confirm", { token: "old" }, null)).status).toBe(422);
  });
});

describe("a forgotten password", () => {
  it("is answered alike whether somebody has the address or not", async () => {
    const { post } = await consoleWorld();
    const known = await post("/reset", { email: RIGHT.email }, null);
    const unknown = await post("/reset", { email: "nobody@acme.example" }, null);
    expect([known.status, locationOf(known), cookiesOf(known)]).toEqual([
      unknown.status,
      locationOf(unknown),
      cookiesOf(unknown),
    ]);
  });

  it("becomes a new one by the token of the mail", async () => {
    const { post } = await consoleWorld();
    expect(locationOf(await post("/reset", { token: "good", password: PASSWORD }, null))).toBe("/sign-in");
    expect(await textOf(await post("/reset", { token: "old", password: PASSWORD }, null))).toContain("has been used");
    expect(await textOf(await post("/reset", { token: "good", password: "short" }, null))).toContain("at least 10");
  });
});
