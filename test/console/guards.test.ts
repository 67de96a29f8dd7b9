import { describe, expect, it } from "vitest";
import { consoleWorld, ORIGIN } from "./fakes/console-world.ts";
import { OPERATOR_PATHS, PERSON_PATHS, TENANT_PATHS } from "./paths.ts";
import { cookiesOf, flashOf, locationOf, textOf } from "./reading.ts";

describe("a page behind the sign-in", () => {
  it.each([...PERSON_PATHS, ...TENANT_PATHS, ...OPERATOR_PATHS])(
    "%s asks a stranger to sign in, and asks no API",
    async (path) => {
      const { get, api } = await consoleWorld();
      const response = await get(path, null);
      expect(locationOf(response)).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
      expect(api.seen).toEqual([]);
    },
  );

  it.each(TENANT_PATHS)("%s is nothing for people of another organisation, and asks no API", async (path) => {
    const { get, post, api } = await consoleWorld();
    const other = path.replace("/acme/", "/initech/");
    const [shown, sent] = [await get(other), await post(other, { form: "revoke", id: "k1" })];
    expect(shown.status).toBe(404);
    expect([404, 405]).toContain(sent.status);
    expect(api.seen).toEqual([]);
  });

  it("is the same nothing for an organisation that is not there and for one that is somebody else's", async () => {
    const { get } = await consoleWorld();
    const plain = async (tenant: string) => (await textOf(await get(`/app/${tenant}/files`))).replaceAll(tenant, "");
    expect(await plain("globex")).toBe(await plain("nonsuch"));
  });

  it.each(OPERATOR_PATHS)("%s is nothing for an owner", async (path) => {
    const { get, post, api } = await consoleWorld();
    expect((await get(path)).status).toBe(404);
    expect([404, 405]).toContain((await post(path, { id: "d1", form: "suspend" })).status);
    expect(api.seen).toEqual([]);
  });

  it("tells the API for whom it asks, in which tenant and from where", async () => {
    const { get, api } = await consoleWorld();
    await get("/app/acme/files", "viewer", { "CF-Connecting-IP": "198.51.100.9" });
    expect(api.seen[0]?.bearer).toBe("Bearer snap_ses_viewer.acme.viewer.198.51.100.9");
  });

  it("tells the API of an operator in a tenant that is not theirs, and says so on the page", async () => {
    const { get, post, api } = await consoleWorld();
    expect(locationOf(await get("/app/globex/files", "operator"))).toBe("/operator/tenants/globex");
    expect(api.seen).toEqual([]);
    const entered = await post("/operator/tenants/globex", { form: "enter" }, "operator");
    expect(api.seen).toMatchObject([{ method: "POST", path: "/audit", body: { action: "operators.enter" } }]);
    expect(api.seen[0]?.bearer).toContain("operator.globex.operator");
    expect([locationOf(entered), cookiesOf(entered)]).toEqual([
      "/app/globex/overview",
      expect.stringContaining("entered=globex;"),
    ]);
    const html = await textOf(await get("/app/globex/files", null, { Cookie: "who=operator; entered=globex" }));
    expect(html).toContain("as an operator");
    expect(html).toContain("audit log");
    expect(cookiesOf(await post("/operator/leave", {}, "operator"))).toContain("entered=; Path=/; Max-Age=0");
  });

  it.each(["/app/account", "/operator/status", "/operator/dead-letters", "/docs", "/nowhere"])(
    "reminds an operator of the tenant that they have entered at %s, too",
    async (path) => {
      const { get } = await consoleWorld();
      const at = async (cookies: string) => await textOf(await get(path, null, { Cookie: cookies }));
      const reminded = await at("who=operator; entered=globex");
      expect(reminded).toContain("You look after <strong>globex</strong>");
      expect(reminded).toContain('action="/operator/leave"');
      for (const cookies of ["who=operator", "who=owner; entered=globex", "entered=globex"]) {
        expect(await at(cookies)).not.toContain("You look after");
      }
    },
  );

  it("lets no operator in without the row in the tenant's log", async () => {
    const { post, api } = await consoleWorld();
    api.answerWith("POST /audit", 503, "UNAVAILABLE", "x");
    const refused = await post("/operator/tenants/globex", { form: "enter" }, "operator");
    expect([refused.status, cookiesOf(refused)]).toEqual([503, expect.not.stringContaining("entered=")]);
  });

  it("is nothing for an owner who says that they have entered", async () => {
    const { get } = await consoleWorld();
    expect((await get("/app/globex/files", null, { Cookie: "who=owner; entered=globex" })).status).toBe(404);
  });

  it("says who acts in whose name, and lets them stop", async () => {
    const { get, post, auth } = await consoleWorld();
    expect(await textOf(await get("/app/acme/files", "actor"))).toContain("You act in the name of");
    await post("/impersonation/stop", {}, "actor");
    expect(auth.asked).toEqual([{ action: "stopImpersonating", wish: null }]);
  });

  it("keeps a session that is used alive, unless the answer ends it", async () => {
    const { get, post } = await consoleWorld();
    expect(cookiesOf(await get("/app/acme/files"))).toContain("who=owner; Path=/; Max-Age=1209600");
    expect(cookiesOf(await post("/sign-out", {}))).not.toContain("Max-Age=1209600");
  });

  it.each(["/api/auth", "/api/auth/ok", "/api/auth/get-session", "/api/auth/admin/list-users"])(
    "opens none of the library's own calls to the world: %s",
    async (path) => {
      const { get, post } = await consoleWorld();
      expect((await get(path)).status).toBe(404);
      expect((await post(path, {})).status).toBe(404);
    },
  );
});

describe("a form that another site sends", () => {
  const send = async (headers: Record<string, string>) => {
    const { answer, api } = await consoleWorld();
    const body = new URLSearchParams({ form: "revoke", id: "k1" });
    const all = { Cookie: "who=owner", ...headers };
    const response = await answer(new Request(`${ORIGIN}/app/acme/keys`, { method: "POST", headers: all, body }));
    return { status: response.status, seen: api.seen.length };
  };

  it.each([
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { Origin: ORIGIN, "Sec-Fetch-Site": "cross-site" },
    { Origin: ORIGIN, "Sec-Fetch-Site": "same-site" },
    { "Sec-Fetch-Site": "none" },
    { Origin: `${ORIGIN}.evil.example`, "Sec-Fetch-Site": "same-origin" },
    {},
  ])("changes nothing: %j", async (headers) => {
    expect(await send(headers as Record<string, string>)).toEqual({ status: 403, seen: 0 });
  });

  it.each([
    { Origin: ORIGIN },
    { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" },
    { "Sec-Fetch-Site": "same-origin" },
  ])("is ours with %j", async (headers) => {
    expect((await send(headers as Record<string, string>)).status).toBe(303);
  });

  it.each(["/sign-in", "/sign-up", "/theme", "/sign-out", "/reset"])("is refused at %s, too", async (path) => {
    const { answer } = await consoleWorld();
    const headers = { Origin: "https://evil.example" };
    const body = new URLSearchParams({ theme: "dark" });
    const response = await answer(new Request(ORIGIN + path, { method: "POST", headers, body }));
    expect([response.status, cookiesOf(response)]).toEqual([403, ""]);
  });
});

describe("a page that could not be shown", () => {
  it.each(["//evil.example/x", "//evil.example", "/%5Cevil.example/x", "/.//evil.example/x"])(
    "leads to no other site when somebody tries again: %s",
    async (path) => {
      const { answer } = await consoleWorld({
        auth: { ...(await consoleWorld()).auth, who: () => Promise.reject(new Error("Postgres is away")) },
      });
      const response = await answer(new Request(ORIGIN + path));
      const html = await textOf(response);
      expect(response.status).toBe(500);
      const targets = [...html.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, target = ""]) => target);
      for (const target of targets.filter((each) => each.includes("/"))) {
        expect(new URL(target, ORIGIN).origin).toBe(ORIGIN);
      }
    },
  );
});

describe("a word on what was done", () => {
  it("is shown once, as text", async () => {
    const { post, get } = await consoleWorld();
    const done = await post("/app/acme/files", { form: "purge", by: "tag", value: "a" });
    expect(flashOf(done)).toBe("+2 files purged.");
    const cookie = /flash=[\w-]+/.exec(cookiesOf(done))?.[0] ?? "";
    const shown = await get("/app/acme/files", "owner", { Cookie: `who=owner; ${cookie}` });
    expect(await textOf(shown)).toContain("2 files purged.");
    expect(cookiesOf(shown)).toMatch(/flash=; Path=\/; Max-Age=0/);
  });

  it("cannot bring HTML into a page, nor be anything that we did not write", async () => {
    const { get } = await consoleWorld();
    const hostile = Buffer.from("+<script>alert(1)</script>").toString("base64url");
    const html = await textOf(await get("/", null, { Cookie: `flash=${hostile}` }));
    expect(html).toContain("&lt;script>alert(1)");
    expect(html).not.toContain("<script>alert");
    for (const odd of ["", "x", "%00", "AAAA", "****"])
      expect((await get("/", null, { Cookie: `flash=${odd}` })).status).toBe(200);
  });
});

describe("the colours", () => {
  it("are remembered, and lead back to the page", async () => {
    const { post, get } = await consoleWorld();
    const chosen = await post("/theme", { theme: "dark", back: "/pricing" }, null);
    expect([locationOf(chosen), cookiesOf(chosen)]).toEqual([
      "/pricing",
      expect.stringMatching(/^theme=dark; .*HttpOnly; SameSite=Lax; Secure/),
    ]);
    expect(await textOf(await get("/pricing", null, { Cookie: "theme=dark" }))).toContain(
      '<html lang="en" data-theme="dark">',
    );
    expect(cookiesOf(await post("/theme", { theme: "auto", back: "//evil.example" }, null))).toContain(
      "theme=; Path=/; Max-Age=0",
    );
  });
});
