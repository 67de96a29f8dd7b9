import { describe, expect, it } from "vitest";
import { ROLES } from "../../src/console/identity.ts";
import { consoleWorld } from "./fakes/console-world.ts";
import { ROLE_SCOPES } from "./fakes/role-scopes.ts";
import { textOf } from "./reading.ts";

/** What can be done by a form, where, and the scope that it takes. */
const DEEDS = [
  {
    path: "files",
    scope: "preload:write",
    fields: { form: "preload", url: "https://a.example/x" },
    call: "POST /preload",
  },
  { path: "files", scope: "cache:purge", fields: { form: "purge", by: "tag", value: "a" }, call: "POST /purge" },
  { path: "files", scope: "cache:purge", fields: { form: "chosen", "chosen a": "yes" }, call: "POST /purge" },
  { path: "fills", scope: "settings:write", fields: { mode: "auto" }, call: "PATCH /fills" },
  { path: "serving", scope: "settings:write", fields: { resource_policy: "same-site" }, call: "PATCH /serving" },
  { path: "links", scope: "links:write", fields: { form: "link", hash: "a" }, call: "POST /links" },
  {
    path: "links",
    scope: "links:write",
    fields: { form: "inspect", url: "https://a.example/x" },
    call: "POST /inspect",
  },
  { path: "links", scope: "settings:write", fields: { form: "key" }, call: "POST /link-keys" },
  { path: "links", scope: "cache:purge", fields: { form: "revoke" }, call: "POST /links/revoke" },
  {
    path: "origins",
    scope: "settings:write",
    fields: { form: "origin", origin: "https://b.example/" },
    call: "POST /origins",
  },
  { path: "origins", scope: "settings:write", fields: { form: "origin-remove", id: "1" }, call: "DELETE /origins/1" },
  { path: "origins", scope: "settings:write", fields: { form: "access", access: "verify" }, call: "PATCH /access" },
  { path: "domains", scope: "settings:write", fields: { form: "add", host: "x.example" }, call: "POST /hosts" },
  { path: "keys", scope: "keys:write", fields: { form: "revoke", id: "k1" }, call: "DELETE /keys/k1" },
] as const;

const CASES = DEEDS.flatMap((deed) => ROLES.map((role) => ({ ...deed, role })));

describe("what a role may do", () => {
  it.each(CASES)("$role at $path: $call", async ({ path, scope, fields, call, role }) => {
    const { post, api } = await consoleWorld();
    const isAllowed = ROLE_SCOPES[role].some((held) => held === "admin" || held === scope);
    const response = await post(`/app/acme/${path}`, fields, role);
    const called = api.seen.some(({ method, path }) => `${method} ${path}` === call);
    expect(called).toBe(isAllowed);
    if (isAllowed) expect([200, 303]).toContain(response.status);
    else expect([response.status, await textOf(response)]).toEqual([403, expect.stringContaining("it takes")]);
  });

  it.each(["owner", "admin"])("%s may invite", async (role) => {
    const { post, auth } = await consoleWorld();
    await post("/app/acme/members", { email: "eve@acme.example", role: "viewer" }, role);
    expect(auth.asked.map(({ action }) => action)).toEqual(["invite"]);
  });

  it.each(["member", "viewer"])("%s may not, nor change a role", async (role) => {
    const { post, auth } = await consoleWorld();
    await post("/app/acme/members", { email: "eve@acme.example", role: "owner" }, role);
    await post("/app/acme/members", { form: "role", id: "m2", role: "owner" }, role);
    expect(auth.asked).toEqual([]);
  });

  it.each(["admin", "member", "viewer"])("%s may not pay, nor see invoices", async (role) => {
    const { get, post } = await consoleWorld();
    const html = await textOf(await get("/app/acme/plan", role));
    expect(html).not.toContain("A-0002");
    expect(html).not.toContain("Change to");
    expect((await post("/app/acme/plan", { plan: "scale" }, role)).status).toBe(403);
  });
});

describe("what a role is shown", () => {
  it.each(["origins", "domains", "files", "fills", "serving", "members", "links"])(
    "a viewer finds no form that posts at %s",
    async (path) => {
      const { get } = await consoleWorld();
      const main = (await textOf(await get(`/app/acme/${path}`, "viewer"))).split("<main")[1] ?? "";
      expect(main.match(/method="post"/g)).toBeNull();
    },
  );

  it("a member finds no way to keys and to the log, an admin does", async () => {
    const { get } = await consoleWorld();
    const links = async (role: string) =>
      [...(await textOf(await get("/app/acme/files", role))).matchAll(/href="\/app\/acme\/(\w+)"/g)].map(
        ([, name]) => name,
      );
    expect(await links("admin")).toEqual(expect.arrayContaining(["keys", "audit"]));
    for (const name of ["keys", "audit"]) expect(await links("member")).not.toContain(name);
  });

  it("what the API refuses all the same is said in its words", async () => {
    const { get, api } = await consoleWorld();
    api.answerWith("GET /audit", 403, "INSUFFICIENT_SCOPE", "This call needs the scope audit:read.");
    const response = await get("/app/acme/audit", "viewer");
    expect([response.status, await textOf(response)]).toEqual([
      403,
      expect.stringContaining("needs the scope audit:read"),
    ]);
  });
});
