import { describe, expect, it } from "vitest";
import { EVERYBODY, rolesWorld } from "../fakes/roles-world.ts";
import { OPERATOR_PATHS, PERSON_PATHS } from "../paths.ts";
import { locationOf, textOf } from "../reading.ts";
import { FORMS, type FormRow, OPERATOR_FORMS, PAGES } from "./table.ts";

const CUSTOMERS = EVERYBODY.filter((who) => who !== "operator");
const fieldsOf = ([, form, fields]: FormRow) => ({ ...fields, ...(form && { form }) });
const named = ([path, form]: readonly [string, string, ...unknown[]]) => `${path} ${form}`.trim();

/** What an action has changed, at the API and among people. */
const changed = ({ api, auth }: Awaited<ReturnType<typeof rolesWorld>>) => [
  ...api.seen.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`),
  ...auth.asked.map(({ action }) => action),
];

describe("a page of an organisation", () => {
  it.each(PAGES)("%s is seen by %j and by nobody else of it", async (path, may) => {
    for (const who of EVERYBODY) {
      const { get, reported } = await rolesWorld(who);
      const response = await get(`/app/acme/${path}`);
      expect([who, response.status]).toEqual([who, may.includes(who) ? 200 : 403]);
      if (response.status === 403) expect(await textOf(response)).toContain("needs the scope");
      expect(reported).toEqual([]);
    }
  });

  it.each(PAGES)("%s is nothing to people of another one, and asks for a stranger's name", async (path) => {
    for (const who of CUSTOMERS) {
      const { get, api } = await rolesWorld(who);
      expect([who, (await get(`/app/globex/${path}`)).status]).toEqual([who, 404]);
      expect(api.seen).toEqual([]);
    }
    const { get, api } = await rolesWorld(null);
    expect(locationOf(await get(`/app/acme/${path}`))).toMatch(/^\/sign-in\?next=%2Fapp%2Facme/);
    expect(api.seen).toEqual([]);
  });
});

describe("a form of an organisation's page", () => {
  it.each(FORMS.map((row) => [named(row), row] as const))("%s does what it says for who may", async (_, row) => {
    for (const who of row[3]) {
      const world = await rolesWorld(who);
      const response = await world.post(`/app/acme/${row[0]}`, fieldsOf(row));
      expect([who, [200, 303].includes(response.status) || response.status]).toEqual([who, true]);
      if (row[0] !== "plan") expect([who, changed(world).length]).toEqual([who, 1]);
    }
  });

  it.each(FORMS.map((row) => [named(row), row] as const))("%s changes nothing for who may not", async (_, row) => {
    for (const who of EVERYBODY.filter((each) => !row[3].includes(each))) {
      const world = await rolesWorld(who);
      const response = await world.post(`/app/acme/${row[0]}`, fieldsOf(row));
      const text = await textOf(response);
      expect([who, response.status, text]).toEqual([who, 403, expect.stringMatching(/As an? \w+ you may not do this/)]);
      expect(changed(world)).toEqual([]);
    }
  });

  it.each(FORMS.map((row) => [named(row), row] as const))("%s is nothing for others and strangers", async (_, row) => {
    const owner = await rolesWorld("owner");
    expect((await owner.post(`/app/globex/${row[0]}`, fieldsOf(row))).status).toBe(404);
    expect(owner.api.seen).toEqual([]);
    const nobody = await rolesWorld(null);
    expect(locationOf(await nobody.post(`/app/acme/${row[0]}`, fieldsOf(row)))).toMatch(/^\/sign-in/);
    expect([nobody.api.seen, nobody.auth.asked]).toEqual([[], []]);
  });
});

describe("what a role is shown", () => {
  /** Every form of a page that posts, as the table names it. */
  async function formsShown(who: (typeof EVERYBODY)[number], path: string): Promise<string[]> {
    const html = (await textOf(await (await rolesWorld(who)).get(`/app/acme/${path}`))).split("<main")[1] ?? "";
    return [...html.matchAll(/<form[^>]*method="post"[^>]*action="\/app\/acme\/([^"]*)"[^>]*>(.*?)<\/form>/gs)].flatMap(
      ([, action = "", inside = ""]) => {
        const names = [...inside.matchAll(/name="form"[^>]*value="([^"]*)"/g)].map(([, form = ""]) => form);
        return (names.length > 0 ? names : [""]).map((form) => named([action, form]));
      },
    );
  }

  it.each(PAGES.map(([path]) => path).filter((path) => !path.includes("export")))(
    "%s has no form that is not in the table, and shows each to those alone who may send it",
    async (path) => {
      for (const who of EVERYBODY) {
        const rows = new Map(FORMS.map((row) => [named(row), row[3]] as const));
        for (const form of await formsShown(who, path)) {
          expect([form, who, rows.get(form)?.includes(who) ?? "not in the table"]).toEqual([form, who, true]);
        }
      }
    },
  );

  it("a member finds no way to the log, an admin does", async () => {
    const links = async (who: "member" | "admin") =>
      [
        ...(await textOf(await (await rolesWorld(who)).get("/app/acme/files"))).matchAll(/href="\/app\/acme\/(\w+)"/g),
      ].map(([, name]) => name);
    expect(await links("admin")).toEqual(expect.arrayContaining(["keys", "audit"]));
    expect(await links("member")).not.toContain("audit");
  });

  it("invoices are an owner's", async () => {
    for (const who of ["admin", "member", "viewer"] as const) {
      const html = await textOf(await (await rolesWorld(who)).get("/app/acme/plan"));
      expect(html).not.toContain("A-0002");
      expect(html).not.toContain("Change to");
    }
    expect(await textOf(await (await rolesWorld("owner")).get("/app/acme/plan"))).toContain("A-0002");
  });
});

describe("operators' pages", () => {
  it.each(OPERATOR_PATHS)("%s is for operators, and nothing to anybody else", async (path) => {
    const own = path.replace("globex", "acme");
    expect((await (await rolesWorld("operator")).get(own)).status).toBe(200);
    for (const who of CUSTOMERS) {
      const { get, api } = await rolesWorld(who);
      expect([who, (await get(own)).status, api.seen]).toEqual([who, 404, []]);
    }
  });

  it.each(OPERATOR_FORMS)("%s %j is sent by operators, and by nobody else", async (path, fields) => {
    const operator = await (await rolesWorld("operator")).post(path, fields);
    expect([200, 303]).toContain(operator.status);
    for (const who of CUSTOMERS) {
      const world = await rolesWorld(who);
      expect([who, (await world.post(path, fields)).status, world.api.seen]).toEqual([who, 404, []]);
    }
  });
});

describe("a person's own pages", () => {
  it.each(PERSON_PATHS)("%s is for everybody who is signed in", async (path) => {
    for (const who of EVERYBODY) expect((await (await rolesWorld(who)).get(path)).status).toBe(200);
    expect(locationOf(await (await rolesWorld(null)).get(path))).toContain("/sign-in");
  });
});
