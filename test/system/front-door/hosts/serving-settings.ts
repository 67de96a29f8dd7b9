import { expect, it } from "vitest";
import { servingBody } from "../../../../src/api/schemas/serving.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { asOther, call, done, refusal } from "../settings/settings-calls.ts";

const DEFAULT = { cors: null, resource_policy: "cross-origin", show_active: false };
const CORS = { origins: ["https://app.example.com"], request_headers: [], exposed_headers: [], max_age_seconds: 3600 };

/** How copies are handed to browsers. Tests act on the second tenant, so that the others keep theirs. */
export function servingSettings(stack: () => Stack): void {
  const look = () => done(stack(), "GET", "/serving", undefined, asOther(stack()));
  const patch = (body: unknown) => done(stack(), "PATCH", "/serving", body, asOther(stack()));
  const refused = async (body: unknown) => refusal(await call(stack(), "PATCH", "/serving", body, asOther(stack())));

  it("are told and changed, and only what is named", async () => {
    expect(servingBody.parse(await look())).toEqual(DEFAULT);
    let expected: Record<string, unknown> = DEFAULT;
    const steps: [Record<string, unknown>, Record<string, unknown>?][] = [
      [{ resource_policy: "same-site" }],
      [{ cors: { origins: CORS.origins } }, { cors: CORS }],
      [{}],
      [{ cors: { ...CORS, exposed_headers: ["X-Id", "x-id"] } }, { cors: { ...CORS, exposed_headers: ["x-id"] } }],
      [{ cors: { origins: ["*"], max_age_seconds: 0 } }, { cors: { ...CORS, origins: ["*"], max_age_seconds: 0 } }],
    ];
    for (const [changes, becomes = changes] of steps) {
      expected = { ...expected, ...becomes };
      expect(await patch(changes)).toEqual(expected);
      expect(await look()).toEqual(expected);
    }
    expect(await done(stack(), "GET", "/serving")).toEqual(DEFAULT);
    expect(await patch(DEFAULT)).toEqual(DEFAULT);
  });

  it("show active content only where the tenant has a host of its own", async () => {
    expect(await refused({ show_active: true })).toMatchObject({ status: 409, code: "NO_OWN_HOST" });
    const host = "pages.other.test";
    await done(stack(), "POST", "/hosts", { host }, asOther(stack()));
    expect(await patch({ show_active: true })).toEqual({ ...DEFAULT, show_active: true });
    await done(stack(), "DELETE", `/hosts/${host}`, undefined, asOther(stack()));
    expect(await patch({ show_active: false })).toEqual(DEFAULT);
  });

  it.each([
    [{ cors: {} }, "cors.origins"],
    [{ cors: [] }, "cors"],
    [{ cors: { origins: "*" } }, "cors.origins"],
    [{ cors: { origins: ["https://app.example.com/"] } }, "cors.origins.0"],
    [{ cors: { origins: ["*", "https://app.example.com"] } }, "cors.origins"],
    [{ cors: { origins: ["null"] } }, "cors.origins.0"],
    [{ cors: { ...CORS, request_headers: ["x y"] } }, "cors.request_headers.0"],
    [{ cors: { ...CORS, exposed_headers: ["*"] } }, "cors.exposed_headers.0"],
    [{ cors: { ...CORS, max_age_seconds: 86_401 } }, "cors.max_age_seconds"],
    [{ cors: { ...CORS, max_age_seconds: -1 } }, "cors.max_age_seconds"],
    [{ cors: { ...CORS, max_age_seconds: 0.5 } }, "cors.max_age_seconds"],
    [{ cors: { ...CORS, credentials: true } }, "cors"],
    [{ resource_policy: "open" }, "resource_policy"],
    [{ show_active: "yes" }, "show_active"],
  ])("take nothing that is none, and say which: %j", async (body, field) => {
    const answer = await refused(body);
    expect(answer).toMatchObject({ status: 400, message: expect.stringMatching(new RegExp(`^${field}\\b`)) });
    expect(await look()).toEqual(DEFAULT);
  });
}
