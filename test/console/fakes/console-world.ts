import { build } from "../../../src/console/build/main.ts";
import { type Answer, consoleApp } from "../../../src/console/console.ts";
import type { ConsoleParts } from "../../../src/console/frame/call.ts";
import { NOW } from "./api-data.ts";
import { type FakeApi, fakeApi } from "./fake-api.ts";
import { type FakeAuth, fakeAuth } from "./fake-auth.ts";
import { FAKE_ESTIMATOR, FAKE_PAYMENT, FAKE_PLANS } from "./fake-offers.ts";
import { formBody } from "./form-body.ts";

export const ORIGIN = "https://console.example.com";

export type World = {
  readonly answer: Answer;
  readonly api: FakeApi;
  readonly auth: FakeAuth;
  /** What was reported as unexpected. */
  readonly reported: unknown[];
  /** Asks for a page as somebody, by their role or name; `null`: nobody is signed in. */
  get(path: string, who?: string | null, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Sends a form of ours. */
  post(path: string, fields: Readonly<Record<string, string>>, who?: string | null): Promise<Response>;
};

/** What is served beside pages: built once for all tests of a process. */
let building: ReturnType<typeof build> | undefined;

/** The console with an API and people in memory. */
export async function consoleWorld(more: Partial<ConsoleParts> = {}, api = fakeApi()): Promise<World> {
  building ??= build();
  const auth = fakeAuth();
  const reported: unknown[] = [];
  const answer = consoleApp({
    ...{ auth, askApi: api.ask, built: await building, edge: "https://edge.example.com" },
    ...{ estimator: FAKE_ESTIMATOR, plans: FAKE_PLANS, payment: FAKE_PAYMENT, outbox: null },
    now: () => NOW,
    report: (_what, error) => reported.push(error),
    ...more,
  });
  const cookie = (who: string | null): Record<string, string> => (who === null ? {} : { Cookie: `who=${who}` });
  return {
    ...{ answer, api, auth, reported },
    get: (path, who = "owner", headers = {}) =>
      answer(new Request(ORIGIN + path, { headers: { ...cookie(who), ...headers } })),
    post: (path, fields, who = "owner") =>
      answer(
        new Request(ORIGIN + path, {
          method: "POST",
          headers: { ...cookie(who), Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" },
          body: formBody(fields),
        }),
      ),
  };
}
