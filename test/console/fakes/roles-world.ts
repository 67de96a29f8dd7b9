import { type SessionParts, sessions } from "../../../src/console/auth/session.ts";
import { parseAssertionKeys } from "../../../src/core/people/assertion.ts";
import { NOW } from "./api-data.ts";
import { consoleWorld, ORIGIN } from "./console-world.ts";
import { fakeApi } from "./fake-api.ts";
import { fakeAuth } from "./fake-auth.ts";
import { formBody } from "./form-body.ts";
import { judgingApi } from "./judging-api.ts";

/** People of the organisation `acme` by their role; `operator`: one of no organisation, who has entered `acme`. */
export const EVERYBODY = ["owner", "admin", "member", "viewer", "operator"] as const;
export type Who = (typeof EVERYBODY)[number];

const keys = parseAssertionKeys(`1:${"C".repeat(42)}A`) ?? new Map();

/** The console as `who` sees it (`null`: nobody), with an API that lets each do what the rules of people say. */
export async function rolesWorld(who: Who | null) {
  const auth = fakeAuth();
  const user = { id: "keeper", email: "keeper@snapbyte.example", name: "keeper", secondFactor: true };
  auth.people.set("keeper", { user, tenants: [], operator: true, impersonatedBy: null });
  const now = () => NOW;
  const { assertion } = sessions({ keys, now } as SessionParts);
  const api = judgingApi(fakeApi(), { keys, now, tenant: "acme" });
  const { answer, reported } = await consoleWorld({ auth: { ...auth, assertion } }, api);
  const cookie = who === "operator" ? "who=keeper; entered=acme" : `who=${who}`;
  return {
    ...{ api, auth, reported },
    get: (path: string) => answer(new Request(ORIGIN + path, { headers: { Cookie: cookie } })),
    post: (path: string, fields: Readonly<Record<string, string>>) =>
      answer(
        new Request(ORIGIN + path, {
          method: "POST",
          headers: { Cookie: cookie, Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" },
          body: formBody(fields),
        }),
      ),
  };
}
