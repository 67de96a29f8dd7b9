import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask, manage } from "../../stack/requests.ts";
import { problemOf } from "../bad-input/problem.ts";

const LIMIT = 64 * 1024;
const SECRET = "wJalrXUtnFEMIbPxRfiCYEXAMPLEKEYrecognisable";

/** Calls that take a body, each with one that it would take but for an unknown field. */
const TAKING: readonly [method: string, path: string, body: object][] = [
  ["PATCH", "/access", { access: "probe" }],
  ["PATCH", "/fills", { mode: "redirect" }],
  ["POST", "/origins", { origin: "https://b.example.com" }],
  ["PATCH", "/origins/1", { access: null }],
  ["POST", "/cnames", { host: "cdn.example.com", bucket_url: "https://media.s3.amazonaws.com" }],
  ["POST", "/link-keys", {}],
  ["POST", "/link-keys/rotate", {}],
  ["POST", "/verification-keys", { kind: "s3_secret", access_key_id: "AKIAEXAMPLE", secret_access_key: SECRET }],
  ["POST", "/links", { hash: "any" }],
];

/** No text of Postgres holds a NUL. */
const UNHEARD_OF = ["/cnames/%00", "/link-keys/a%00b", "/verification-keys/%00"];

/** Every 400 names the field, and none of them holds what was given for a secret. */
export function badSettings(stack: () => Stack): void {
  it.each(TAKING)("%s %s takes no field that it does not know", async (method, path, body) => {
    const problem = await problemOf(await manage(stack(), path, { method, body: { ...body, surprise: SECRET } }));
    expect(problem).toEqual({ code: "INVALID_FIELD", message: expect.stringContaining("surprise") });
    expect(problem.message).not.toContain(SECRET);
  });

  it.each(TAKING)("%s %s takes no list, no text, no broken JSON and nothing beyond 64 KiB", async (method, path) => {
    for (const body of [[], "text", 1]) {
      expect((await problemOf(await manage(stack(), path, { method, body }))).code).toBe("INVALID_FIELD");
    }
    const headers = { authorization: `Bearer ${stack().apiKey}` };
    const broken = await ask(`${stack().api}${path}`, { method, headers, body: `{"secret": "${SECRET}` });
    expect(await problemOf(broken)).toEqual({ code: "INVALID_JSON", message: expect.not.stringContaining(SECRET) });
    const large = await ask(`${stack().api}${path}`, { method, headers, body: `"${"x".repeat(LIMIT)}"` });
    expect(await problemOf(large)).toMatchObject({ code: "BODY_TOO_LARGE" });
  });

  it.each<[string, string, unknown, RegExp]>([
    ["PATCH", "/access", { access: "open" }, /^access/],
    ["PATCH", "/access", { delivery: null }, /^delivery/],
    ["PATCH", "/access", { client_networks: "10.0.0.0/8" }, /^client_networks/],
    ["PATCH", "/access", { client_networks: ["10.0.0.0/8", "10.0.0.0/64"] }, /^client_networks\.1/],
    ["PATCH", "/access", { management_networks: Array(101).fill("10.0.0.0/8") }, /^management_networks/],
    ["PATCH", "/fills", { mode: "open" }, /^mode/],
    ["PATCH", "/fills", { store_html: 1 }, /^store_html/],
    ["PATCH", "/fills", { max_object_bytes: 0 }, /^max_object_bytes/],
    ["POST", "/origins", {}, /^origin /],
    ["POST", "/origins", { origin: "b.example.com" }, /^origin /],
    ["POST", "/origins", { origin: `https://b.example.com/${"a".repeat(3_000)}` }, /^origin/],
    ["POST", "/origins", { origin: "https://b.example.com", access: "open" }, /^access/],
    ["POST", "/origins", { origin: "https://b.example.com", obey_private: null }, /^obey_private/],
    ["PATCH", "/origins/1", {}, /^access, obey_private, tags or prices/],
    ["PATCH", "/origins/1", { obey_private: "yes" }, /^obey_private/],
    ["POST", "/cnames", { bucket_url: "https://media.s3.amazonaws.com" }, /^host/],
    ["POST", "/cnames", { host: "cdn.example.com" }, /^bucket_url/],
    ["POST", "/cnames", { host: "cdn.example.com/", bucket_url: "https://media.s3.amazonaws.com" }, /^host/],
    ["POST", "/cnames", { host: "cdn.example.com", bucket_url: "https://cdn.example.com" }, /^bucket_url/],
    ["POST", "/links", {}, /^url, hash or scope/],
    ["POST", "/links", { hash: "" }, /^hash/],
    ["POST", "/links", { hash: "a\nb" }, /^hash/],
    ["POST", "/links", { url: 1 }, /^url/],
    ["POST", "/links", { hash: "a", expires_in: 0 }, /^expires_in/],
    ["POST", "/links", { hash: "a", expires_in: 604_801 }, /^expires_in/],
    ["POST", "/links", { hash: "a", expires_in: "60" }, /^expires_in/],
    ["POST", "/links", { hash: "a", not_before: "tomorrow" }, /^not_before/],
    ["POST", "/links", { hash: "a", not_before: "2999-01-01T00:00:00Z" }, /^not_before/],
    ["POST", "/links", { hash: "a", ip: "here" }, /^ip/],
    ["POST", "/links", { scope: "*" }, /^scope/],
  ])("%s %s with %j is refused by the field's name", async (method, path, body, message) => {
    const problem = await problemOf(await manage(stack(), path, { method, body }));
    expect(["INVALID_FIELD", "MISSING_FIELD"]).toContain(problem.code);
    expect(problem.message).toMatch(message);
  });

  it.each(["0", "-1", "1.5", "01", "1e3", "x", "%00", "99999999999999999999", "2147483648", "2147483647"])(
    "no origin has the id %s",
    async (id) => {
      for (const method of ["GET", "DELETE"]) {
        expect((await problemOf(await manage(stack(), `/origins/${id}`, { method }))).code).toBe("NOT_FOUND");
      }
    },
  );

  it.each(["/cnames/cdn.nobody.example", "/link-keys/zzzzzzzz", "/verification-keys/none", ...UNHEARD_OF])(
    "there is nothing to delete at %s",
    async (path) => {
      expect((await problemOf(await manage(stack(), path, { method: "DELETE" }))).code).toBe("NOT_FOUND");
    },
  );

  it("a body that nobody may send is not even read", async () => {
    const init = { method: "POST", body: "not JSON", headers: { authorization: "Bearer wrong" } };
    expect(await problemOf(await ask(`${stack().api}/verification-keys`, init))).toMatchObject({
      code: "UNAUTHORIZED",
    });
  });
}
