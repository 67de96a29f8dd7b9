import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask } from "../../stack/requests.ts";
import { asOperator, asOther, call, done, refusal } from "./settings-calls.ts";

const CALLS: readonly [method: string, path: string, body?: unknown][] = [
  ["GET", "/access"],
  ["PATCH", "/access", { access: "public" }],
  ["GET", "/fills"],
  ["PATCH", "/fills", { mode: "stream" }],
  ["GET", "/origins"],
  ["POST", "/origins", { origin: "https://evil.example" }],
  ["GET", "/origins/1"],
  ["PATCH", "/origins/1", { access: "public" }],
  ["DELETE", "/origins/1"],
  ["GET", "/cnames"],
  ["POST", "/cnames", { host: "cdn.evil.example", bucket_url: "https://media.s3.amazonaws.com" }],
  ["DELETE", "/cnames/cdn.evil.example"],
  ["GET", "/link-keys"],
  ["POST", "/link-keys"],
  ["POST", "/link-keys/rotate"],
  ["DELETE", "/link-keys/00000000"],
  ["GET", "/verification-keys"],
  ["POST", "/verification-keys", {}],
  ["POST", "/verification-keys/any/rotate", {}],
  ["DELETE", "/verification-keys/any"],
  ["POST", "/links", { hash: "any" }],
];

/** Every call of settings shows an API key: its tenant's, or the operator's. */
export function whoMay(stack: () => Stack): void {
  it.each(CALLS)("nobody without a good key: %s %s", async (method, path, body) => {
    const { presigned, apiKey, tenant } = stack();
    const strangers: [string | null, string][] = [
      [null, path],
      [`snap_key_${"A".repeat(43)}`, path],
      [`snap_op_${"A".repeat(43)}`, path],
      [presigned.apiKey, `${path}?site=${tenant}`],
      [apiKey, `${path}?site=${presigned.tenant}`],
      [apiKey, `${path}?site=nobody`],
    ];
    for (const [key, where] of strangers) {
      expect(refusal(await call(stack(), method, where, body, { key }))).toMatchObject({ status: 401 });
    }
  });

  it("a tenant for itself, and for nobody else", async () => {
    const origin = "https://of-demo.example.com/";
    const { id } = await done(stack(), "POST", "/origins", { origin });
    const other = asOther(stack());
    expect(refusal(await call(stack(), "GET", `/origins/${id}`, undefined, other))).toMatchObject({ status: 404 });
    expect(refusal(await call(stack(), "DELETE", `/origins/${id}`, undefined, other))).toMatchObject({ status: 404 });
    const change = { access: "public" };
    expect(refusal(await call(stack(), "PATCH", `/origins/${id}`, change, other))).toMatchObject({ status: 404 });
    expect(await done(stack(), "GET", `/origins/${id}`)).toMatchObject({ origin, access: null });
    expect(JSON.stringify(await done(stack(), "GET", "/origins", undefined, other))).not.toContain("of-demo");
    await done(stack(), "DELETE", `/origins/${id}`);
  });

  it("an operator, for the tenant that the call names", async () => {
    const { presigned, tenant } = stack();
    const operator = asOperator(stack());
    const origin = "https://by-the-operator.example.com/";
    const { id } = await done(stack(), "POST", `/origins?site=${presigned.tenant}`, { origin }, operator);
    expect(await done(stack(), "GET", `/origins/${id}`, undefined, asOther(stack()))).toMatchObject({ origin });
    const elsewhere = await call(stack(), "GET", `/origins/${id}?site=${tenant}`, undefined, operator);
    expect(refusal(elsewhere)).toMatchObject({ status: 404 });
    await done(stack(), "DELETE", `/origins/${id}?site=${presigned.tenant}`, undefined, operator);
    const nobody = await call(stack(), "GET", "/origins?site=nobody", undefined, operator);
    expect(refusal(nobody)).toMatchObject({ status: 404, code: "UNKNOWN_TENANT" });
  });

  it.each<[string, string]>([
    ["/access", "GET, HEAD, PATCH"],
    ["/fills", "GET, HEAD, PATCH"],
    ["/origins", "GET, HEAD, POST"],
    ["/origins/1", "GET, HEAD, PATCH, DELETE"],
    ["/cnames", "GET, HEAD, POST"],
    ["/cnames/cdn.example.com", "DELETE"],
    ["/link-keys", "GET, HEAD, POST"],
    ["/link-keys/rotate", "POST"],
    ["/link-keys/00000000", "DELETE"],
    ["/verification-keys", "GET, HEAD, POST"],
    ["/verification-keys/any", "DELETE"],
    ["/verification-keys/any/rotate", "POST"],
    ["/links", "POST"],
  ])("nothing by a method that %s does not take", async (path, allow) => {
    const response = await ask(`${stack().api}${path}`, { method: "PUT" });
    await response.body?.cancel();
    expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
  });
}
