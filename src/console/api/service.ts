import { type AssertionKeys, formatAssertion } from "../../core/people/assertion.ts";
import { SERVICE } from "../../core/people/roles.ts";
import type { AskApi } from "../frame/call.ts";
import { type Api, apiClient } from "./client.ts";

export type ServiceParts = { readonly keys: AssertionKeys; readonly askApi: AskApi; readonly now: () => number };

/** The API as the console itself asks it, in nobody's name; one for each piece of work, since its bearer lives a minute. */
export function serviceApi({ keys, askApi, now }: ServiceParts): Api {
  const user = { id: "console", name: "the console" };
  const said = { user, tenant: null, role: SERVICE, operator: null, address: null } as const;
  return apiClient({ ask: askApi, bearer: async () => formatAssertion(keys, said, now()) });
}
