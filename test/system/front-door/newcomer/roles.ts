import { beforeAll, describe, expect, it } from "vitest";
import { setOperator } from "../../../../src/cli/operator.ts";
import { localDatabase } from "../../../../src/dev/seed/start-database.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import type { Who } from "../../../console/fakes/roles-world.ts";
import { isOfSamples, OPERATOR_PATHS } from "../../../console/paths.ts";
import { FORMS, OPERATOR_FORMS, PAGES } from "../../../console/roles/table.ts";
import { linkTo, newOrganisation, newPerson, signIn, type Visitor } from "../../stack/sign-up.ts";

/** Nothing that is there: who may gets that far, and changes nothing. */
const NOBODYS = "999999999";
const CHANGES_NOTHING = [200, 303, 400, 404, 422];

/** The free plan has no room for all of them. */
async function makeRoom({ api, adminKey }: Stack, home: string): Promise<void> {
  const response = await fetch(`${api}/tenants/${home.split("/").at(-1)}`, {
    method: "PATCH",
    headers: { Authorization: `Bearer ${adminKey}` },
    body: JSON.stringify({ plan: "pro" }),
  });
  expect(response.status).toBe(200);
}

/** The table of roles once more, with the API and sign-in as they are. */
export function roles(stack: () => Stack): void {
  const people = new Map<Who, Visitor>();
  let home = "";
  let theirs = "";
  const as = (who: Who) => people.get(who) as Visitor;

  beforeAll(async () => {
    const { console: address = "" } = stack();
    const come = async (who: Who) => people.set(who, await newPerson(address ?? "", `a ${who}`, `${who}@example.com`));
    await Promise.all((["owner", "admin", "member", "viewer", "operator"] as const).map(come));
    home = await newOrganisation(as("owner"), "Carol's Archive", "carols-archive");
    await makeRoom(stack(), home);
    for (const role of ["admin", "member", "viewer"] as const) {
      const email = `${role}@example.com`;
      expect(await as("owner").send(`${home}/members`, { form: "invite", email, role })).toMatchObject({ status: 303 });
      const { pathname } = await linkTo(as(role), email);
      expect(await as(role).send(pathname, {})).toMatchObject({ location: "/app" });
    }
    theirs = await newOrganisation(as("operator"), "Dan's", "dans");
    const endpoint = stack().database;
    await setOperator({ ...localDatabase(0), endpoint }, "operator@example.com", true);
    await signIn(as("operator"), "operator@example.com");
    const entered = await as("operator").send(`/operator/tenants/${home.split("/").at(-1)}`, { form: "enter" });
    expect(entered.location).toBe(`${home}/overview`);
  });

  const pages = PAGES.filter(([path]) => !isOfSamples(path));

  describe("the pages of an organisation", () => {
    it.each(["owner", "admin", "member", "viewer", "operator"] as const)(
      "are seen by %s as the table says",
      async (who) => {
        for (const [path, may] of pages) {
          const { status, text } = await as(who).see(`${home}/${path}`);
          expect([path, status, text]).toEqual([path, may.includes(who) ? 200 : 403, text]);
          if (status === 403) expect(text).toContain("Your role does not allow this");
        }
      },
    );

    it("are nothing to people of another one", async () => {
      for (const [path] of pages)
        expect([path, (await as("owner").see(`${theirs}/${path}`)).status]).toEqual([path, 404]);
      for (const [path, form] of FORMS) {
        expect([path, (await as("admin").send(`${theirs}/${path}`, { form })).status]).toEqual([path, 404]);
      }
    });
  });

  it.each(["admin", "member", "viewer"] as const)(
    "%s may send the forms that the table says, and no other",
    async (who) => {
      for (const [path, form, fields, may] of FORMS.filter(([page]) => !isOfSamples(page))) {
        // What is sent in earnest would change what the others see.
        const sent = may.includes(who) ? { form, id: NOBODYS } : { ...fields, form };
        const { status, text } = await as(who).send(`${home}/${path}`, sent);
        if (may.includes(who))
          expect([path, form, status, CHANGES_NOTHING.includes(status)]).toEqual([path, form, status, true]);
        else
          expect([path, form, status, text]).toEqual([path, form, 403, expect.stringContaining("you may not do this")]);
      }
    },
  );

  it("nobody but an operator sees operators' pages, or sends their forms", async () => {
    for (const path of OPERATOR_PATHS.map((each) => each.replace("globex", "demo"))) {
      expect([path, (await as("owner").see(path)).status]).toEqual([path, 404]);
    }
    for (const [path, fields] of OPERATOR_FORMS) {
      expect([path, (await as("owner").send(path, fields)).status]).toEqual([path, 404]);
    }
    expect((await as("operator").see("/operator/tenants")).status).toBe(200);
  });
}
