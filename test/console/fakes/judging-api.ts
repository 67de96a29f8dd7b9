import { type IdentifyParts, identify } from "../../../src/app/people/identify.ts";
import { ERRORS, SnapbyteError } from "../../../src/core/errors.ts";
import type { AssertionKeys } from "../../../src/core/people/assertion.ts";
import { holds } from "../../../src/core/people/scopes.ts";
import { CALLS } from "../../workers/api/roles/calls.ts";
import { problem } from "./api-replies.ts";
import type { FakeApi } from "./fake-api.ts";

const OPEN = ["/health", "/openapi.json"];

const JUDGED = CALLS.map(([method, path, needs]) => {
  const pattern = path.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{\w+\}/g, "[^/]+");
  return { method, path: new RegExp(`^${pattern}$`), needs };
});

type Parts = { readonly keys: AssertionKeys; readonly now: () => number; readonly tenant: string };

/**
 * A fake API behind the API's own judgement: who calls is read by its rules, and each call takes what the table of calls
 * says, which a test compares with the real one. Any other tenant than `tenant` is none.
 */
export function judgingApi(inner: FakeApi, { keys, now, tenant }: Parts): FakeApi {
  const parts: IdentifyParts = {
    keys: { find: async () => null },
    assertionKeys: keys,
    callerLimit: { perMinute: 600, admit: async () => true },
    clock: { now },
    report: () => {},
  };

  async function refusal(request: Request): Promise<Response | null> {
    const { pathname } = new URL(request.url);
    if (OPEN.includes(pathname)) return null;
    const needs = JUDGED.find(({ method, path }) => method === request.method && path.test(pathname))?.needs;
    if (!needs) throw new Error(`nobody knows what ${request.method} ${pathname} takes`);
    const who = await identify(request.headers.get("Authorization"), null, parts);
    if (needs === "founder" || (needs === "operator" && who.isOperator)) return null;
    if (needs === "service" && who.isService) return null;
    if (needs === "operator" || needs === "service" || !holds(who.scopes, needs)) {
      return problem(403, "INSUFFICIENT_SCOPE", `This call needs the scope ${needs}.`);
    }
    return who.tenant === tenant ? null : problem(404, "UNKNOWN_TENANT", "There is no such tenant.");
  }

  return {
    ...inner,
    async ask(request) {
      try {
        return (await refusal(request)) ?? (await inner.ask(request));
      } catch (error) {
        if (error instanceof SnapbyteError) return problem(ERRORS[error.code].status, error.code, error.message);
        throw error;
      }
    },
  };
}
