import { describe, expect, it } from "vitest";
import { setOperator } from "../../../src/cli/operator.ts";
import { assertionFor, personOf, roleOf } from "../../../src/console/auth/person.ts";
import { tenantId } from "../../core/samples.ts";
import { browser, newAddress, PASSWORD, signedIn, usePeopleWorld } from "./people-world.ts";

const world = usePeopleWorld();

async function operator() {
  const at = await signedIn(world());
  expect(await setOperator(world().settings, at.email.toUpperCase(), true)).toBe(true);
  await at.call("/sign-in/email", { email: at.email, password: PASSWORD });
  return at;
}

describe("operators", () => {
  it("are known as such", async () => {
    const at = await operator();
    expect((await personOf(world(), at.request())).person).toMatchObject({ isOperator: true, operator: null });
  });

  it("are made of who has confirmed their address, and of nobody else", async () => {
    const email = newAddress();
    await browser(world()).call("/sign-up/email", { name: "Eve", email, password: PASSWORD });
    expect(await setOperator(world().settings, email, true)).toBe(false);
    expect(await setOperator(world().settings, newAddress(), true)).toBe(false);
  });

  it("are none any more at once when that is said", async () => {
    const at = await operator();
    expect(await setOperator(world().settings, at.email, false)).toBe(true);
    expect((await personOf(world(), at.request())).person).toBeNull();
    await at.call("/sign-in/email", { email: at.email, password: PASSWORD });
    expect((await personOf(world(), at.request())).person?.isOperator).toBe(false);
    expect((await at.call("/admin/list-users")).status).toBe(403);
  });

  it("act in somebody's name, and are named with it", async () => {
    const [at, anna] = [await operator(), await signedIn(world())];
    expect((await at.call("/admin/impersonate-user", { userId: anna.id })).status).toBe(200);
    const { person } = await personOf(world(), at.request());
    expect(person).toMatchObject({ email: anna.email, isOperator: false, operator: at.id });
    expect((await at.call("/admin/stop-impersonating", {})).status).toBe(200);
    expect((await personOf(world(), at.request())).person).toMatchObject({ email: at.email, operator: null });
  });

  it("act in no other operator's name", async () => {
    const [at, other] = [await operator(), await operator()];
    expect((await at.call("/admin/impersonate-user", { userId: other.id })).status).toBe(403);
  });

  it("lock somebody out, whose sessions end at once", async () => {
    const [at, eve] = [await operator(), await signedIn(world())];
    expect((await at.call("/admin/ban-user", { userId: eve.id, banReason: "spam" })).status).toBe(200);
    expect((await personOf(world(), eve.request())).person).toBeNull();
    expect((await eve.call("/sign-in/email", { email: eve.email, password: PASSWORD })).status).toBe(403);
  });

  it.each([
    ["/admin/impersonate-user", {}],
    ["/admin/set-role", { role: "operator" }],
    ["/admin/ban-user", {}],
    ["/admin/set-user-password", { newPassword: "another password" }],
    ["/admin/remove-user", {}],
    ["/admin/list-user-sessions", {}],
  ])("only may call %s", async (path, more) => {
    const [eve, anna] = [await signedIn(world()), await signedIn(world())];
    expect((await eve.call(path, { userId: anna.id, ...more })).status).toBe(403);
    expect((await eve.call(path, { userId: eve.id, ...more })).status).toBe(403);
    expect((await personOf(world(), eve.request())).person?.isOperator).toBe(false);
  });

  it("only may list people, and choose nobody's password", async () => {
    const [at, anna] = [await operator(), await signedIn(world())];
    expect((await anna.call("/admin/list-users")).status).toBe(403);
    expect((await at.call("/admin/list-users")).status).toBe(200);
    const wish = { userId: anna.id, newPassword: "another password" };
    expect((await at.call("/admin/set-user-password", wish)).status).toBe(403);
  });
});

describe("what the console says to the API", () => {
  const anna = {
    ...{ id: "user-1", name: "Anna", email: "a@example.com", isOperator: false, hasSecondFactor: false },
    ...{ session: "session-1", operator: null },
  };
  const place = { tenant: tenantId("acme"), name: "Acme", site: "acme", role: "member" } as const;

  it("is what a person is in a place", () => {
    const said = {
      user: { id: "user-1", name: "Anna" },
      tenant: "acme",
      role: "member",
      operator: null,
      address: "::1",
    };
    expect(assertionFor(anna, place, "::1")).toEqual(said);
    expect(assertionFor({ ...anna, operator: "user-9" }, place, "::1")).toEqual({ ...said, operator: "user-9" });
  });

  it("is next to nothing where they have no place", () => {
    const { tenant, role } = assertionFor(anna, null, null);
    expect(tenant).toBeNull();
    expect(role).toBe("viewer");
  });

  it("is an operator for operators only", () => {
    const as = { as: "operator", tenant: null } as const;
    expect(() => assertionFor(anna, as, null)).toThrow("only an operator");
    expect(assertionFor({ ...anna, isOperator: true }, as, null)).toMatchObject({ role: "operator", tenant: null });
  });

  it.each([
    ["owner", "owner"],
    ["member,admin", "admin"],
    [" viewer , member", "member"],
    ["operator", null],
    ["owners", null],
    ["", null],
  ])("takes the strongest of the roles %j: %j", (text, role) => {
    expect(roleOf(text)).toBe(role);
  });
});
