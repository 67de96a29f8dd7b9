import { describe, expect, it } from "vitest";
import { answerMailLink } from "../../../src/console/auth/mail-links.ts";
import { BASE_URL, browser, linkIn, newAddress, PASSWORD, usePeopleWorld } from "./people-world.ts";

const world = usePeopleWorld();
const get = (url: string, init: RequestInit = {}) =>
  answerMailLink(world().auth, new Request(new URL(url, BASE_URL), init));

describe("a link in a mail", () => {
  it("confirms an address and leads to a page of ours", async () => {
    const email = newAddress();
    const at = browser(world());
    await at.call("/sign-up/email", { name: "Anna", email, password: PASSWORD, callbackURL: "/welcome" });
    const answer = await get(linkIn(world(), email));
    expect([answer?.status, answer?.headers.get("location")]).toEqual([302, "/welcome"]);
    // It confirms, and opens nothing: whoever reads the mail does not have the password.
    expect(answer?.headers.getSetCookie()).toEqual([]);
    expect((await at.call("/sign-in/email", { email, password: PASSWORD })).status).toBe(200);
  });

  it("leads to the choice of a new password, with what lets it be chosen", async () => {
    const email = newAddress();
    const at = browser(world());
    await at.call("/sign-up/email", { name: "Anna", email, password: PASSWORD });
    await get(linkIn(world(), email));
    await at.call("/request-password-reset", { email, redirectTo: "/reset" });
    const answer = await get(linkIn(world(), email));
    expect(answer?.headers.get("location")).toMatch(/^https:\/\/console\.example\.com\/reset\?token=[\w-]+$/);
  });

  it.each(["x", "eyJhbGciOiJIUzI1NiJ9.e30.abc"])("that was made up says so on a page of ours: %s", async (token) => {
    const answer = await get(`/api/auth/verify-email?token=${token}&callbackURL=/welcome`);
    expect(answer?.headers.get("location")).toMatch(/^\/welcome\?error=/);
  });
});

describe("what is not open to the world", () => {
  it.each([
    "/",
    "/api/auth",
    "/api/auth/get-session",
    "/api/auth/admin/list-users",
    "/api/auth/organization/list",
    "/api/auth/verify-email/",
    "/api/auth/reset-password/",
    "/api/auth/reset-password/a/b",
    "/api/auth/../auth/ok",
    "/api/authentic/verify-email",
  ])("is %s", async (path) => {
    expect(await get(path)).toBeNull();
  });

  it.each(["/sign-in/email", "/sign-up/email", "/admin/set-role", "/verify-email"])(
    "is any call of %s",
    async (path) => {
      expect(await get(`/api/auth${path}`, { method: "POST", body: "{}" })).toBeNull();
    },
  );
});
