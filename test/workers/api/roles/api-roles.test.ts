import { beforeAll, describe, expect, test, vi } from "vitest";
import { describePaths } from "../../../../src/api/openapi/paths.ts";
import { SCOPES, type Scope } from "../../../../src/core/people/scopes.ts";
import type { TenantId } from "../../../../src/core/tenant.ts";
import { CALLS, MAY, type ManagementRow } from "./calls.ts";
import { deployment, keyOf, newTenantRow, operatorKey, personAs } from "./roles-world.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ask = deployment();
let acme: TenantId;

beforeAll(async () => {
  acme = await newTenantRow();
});

/** Where something is asked for that nobody has, and what no call takes: who may gets that far, and changes nothing. */
async function tried(as: string | null, [method, path]: ManagementRow, site = "") {
  const nobodys = path.replace("{host}", "nobody.example.com").replace(/\{\w+\}/g, "999999999") + site;
  const body = method === "POST" || method === "PATCH" ? { nonsense: true } : undefined;
  return await ask(method, nobodys, { as, body });
}

/** What a call answers to who may not, and to nobody else. */
const isRefused = ({ status, code }: { status: number; code: string | null }) =>
  status === 401 || code === "INSUFFICIENT_SCOPE";

const named = ([method, path]: ManagementRow) => `${method} ${path}`;

/** Which calls are refused to somebody. */
async function refusedTo(as: string | null, site = ""): Promise<string[]> {
  const refused: string[] = [];
  for (const row of CALLS) if (isRefused(await tried(as, row, site))) refused.push(named(row));
  return refused;
}

const lacking = (scopes: readonly string[]) => CALLS.filter(([, , needs]) => !scopes.includes(needs)).map(named);

test("the table has every call that the API describes, but for downloads and what is open to all", () => {
  const open = [
    ...["/proxy", "/f/{token}/{name}", "/health", "/openapi.json"],
    ...["/assets/{id}/download", "/assets/public/{version_id}", "/assets/private/{token}"],
  ];
  const described = Object.entries(describePaths()).flatMap(([path, methods]) =>
    open.includes(path) ? [] : Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  // OPTIONS is asked without a key, an answer to HEAD has no code in a body, and POST stands for those beside it.
  const others = ["HEAD /files/{upload_id}", "POST /files/{upload_id}"];
  const judged = described.filter((each) => !each.startsWith("OPTIONS ") && !others.includes(each));
  expect(CALLS.map(named).sort()).toEqual(judged.sort());
});

describe("each call", () => {
  test.each(["owner", "admin", "member", "viewer"] as const)(
    "is for a person who is %s as the table says",
    async (role) => {
      expect(await refusedTo(personAs(role, acme))).toEqual(lacking(MAY[role]));
    },
  );

  test.each(SCOPES.filter((scope) => scope !== "admin"))(
    "is for a key with the scope %s as the table says",
    async (scope) => {
      // What the console notes is nobody else's to note.
      const isHeld = (needs: string) => needs === scope || needs.replace(/:.*$/, ":*") === scope;
      const may = CALLS.filter(([method, path, needs]) => isHeld(needs) && `${method} ${path}` !== "POST /audit");
      const refused = await refusedTo(await keyOf(acme, [scope]));
      expect(refused).toEqual(CALLS.map(named).filter((name) => !may.map(named).includes(name)));
    },
  );

  test.each<[string, readonly Scope[] | null]>([
    ["a key that may do all", ["admin"]],
    ["a key of before there were scopes", null],
  ])("of the tenant's is for %s", async (_, scopes) => {
    const refused = await refusedTo(await keyOf(acme, scopes));
    expect(refused).toEqual(["POST /audit", ...lacking([...SCOPES])]);
  });

  test("is for nobody with a key that may do nothing", async () => {
    expect(await refusedTo(await keyOf(acme, []))).toEqual(CALLS.map(named));
  });

  test("is for nobody without a key", async () => {
    expect(await refusedTo(null)).toEqual(CALLS.map(named));
  });

  test("is for an operator, by a key or as a person", async () => {
    const services = CALLS.filter(([, , needs]) => needs === "service").map(named);
    expect(await refusedTo(await operatorKey(), `?site=${acme}`)).toEqual(["POST /audit", ...services]);
    expect(await refusedTo(personAs("operator", acme))).toEqual(services);
  });

  test("is for the console in nobody's name where it tells of payments, and nowhere else", async () => {
    const answers = await Promise.all(
      CALLS.map(async (row) => [row, await tried(personAs("service", null), row)] as const),
    );
    const may = answers.filter(([, answer]) => !isRefused(answer) && answer.code !== "UNKNOWN_TENANT");
    expect(may.map(([row]) => named(row))).toEqual(CALLS.filter(([, path]) => path.includes("billing")).map(named));
  });

  test("of a tenant's is for nobody who speaks for none, who may make one", async () => {
    const answers = await Promise.all(CALLS.map((row) => tried(personAs("viewer", null), row)));
    const told = CALLS.map((row, at) => [named(row), answers[at]?.status]);
    expect(told).toEqual(
      CALLS.map((row) => {
        const [, , needs] = row;
        return [named(row), needs === "operator" || needs === "service" ? 403 : needs === "founder" ? 400 : 404];
      }),
    );
  });

  test("that is refused says which scope it needs", async () => {
    const { status, body } = await ask("GET", "/audit", { as: personAs("viewer", acme) });
    expect(status).toBe(403);
    expect(body).toMatchObject({
      error: { code: "INSUFFICIENT_SCOPE", message: expect.stringContaining("audit:read") },
    });
  });
});
