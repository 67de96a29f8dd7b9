import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { presign } from "../../stack/objects.ts";
import { askProxy } from "../../stack/requests.ts";
import { asOperator, asOther, call, done, refusal } from "../settings/settings-calls.ts";
import { from } from "./from.ts";

const NETWORKS = ["192.0.2.0/24", "2001:db8:ffff::/48"];
const OFFICE = "192.0.2.10";
const LOCKED_OUT = { status: 400, code: "INVALID_FIELD", message: expect.stringMatching(/^management_networks /) };
const REFUSED = { status: 403, code: "NETWORK_NOT_ALLOWED" };

const CALLS: readonly [method: string, path: string, body?: unknown][] = [
  ["GET", "/access"],
  ["PATCH", "/access", { management_networks: [] }],
  ["GET", "/cache"],
  ["DELETE", "/cache/any"],
  ["POST", "/preload", { url: "https://evil.example/" }],
  ["POST", "/inspect", { url: "https://evil.example/" }],
  ["GET", "/origins"],
  ["GET", "/link-keys"],
  ["POST", "/links", { hash: "any" }],
  ["GET", "/verification-keys"],
];

/** Whoever sets them cannot shut themselves out, and an operator can always let a tenant in again. */
export function managementNetworks(stack: () => Stack): void {
  const set = (networks: readonly string[], who: object) =>
    call(stack(), "PATCH", "/access", { management_networks: networks }, who);

  it("must hold the address that sets them", async () => {
    expect(refusal(await set(NETWORKS, from("198.51.100.1")))).toMatchObject(LOCKED_OUT);
    expect(refusal(await set(["2001:db8:1::/48"], from("2001:db8:2::1")))).toMatchObject(LOCKED_OUT);
    expect(await done(stack(), "GET", "/access")).toMatchObject({ management_networks: [] });
    expect((await set(NETWORKS, from(OFFICE))).body).toMatchObject({ management_networks: NETWORKS });
  });

  it.each([OFFICE, "192.0.2.255", "2001:db8:ffff:1::9"])("let in %s", async (address) => {
    expect(await done(stack(), "GET", "/access", undefined, from(address))).toMatchObject({ access: "probe" });
  });

  it.each(CALLS)("keep out everybody else, with the tenant's own key: %s %s", async (method, path, body) => {
    for (const address of ["198.51.100.1", "192.0.3.0", "2001:db8:fffe::1", "::1"]) {
      expect(refusal(await call(stack(), method, path, body, from(address)))).toMatchObject(REFUSED);
    }
  });

  it("say nothing to a caller without a key", async () => {
    const stranger = { ...from("198.51.100.1"), key: `snap_key_${"A".repeat(43)}` };
    expect(refusal(await call(stack(), "GET", "/access", undefined, stranger))).toMatchObject({ status: 401 });
  });

  it("have nothing to do with downloads, and are of one tenant", async () => {
    const url = await presign(stack(), "hello.txt");
    expect((await askProxy(stack(), url, from("198.51.100.1"))).status).toBe(302);
    const other = { ...asOther(stack()), ...from("198.51.100.1") };
    expect(await done(stack(), "GET", "/access", undefined, other)).toMatchObject({ management_networks: [] });
  });

  it("do not hold up an operator, who may set them to what they are not in", async () => {
    const operator = { ...asOperator(stack()), ...from("198.51.100.1") };
    const path = `/access?site=${stack().tenant}`;
    expect(await done(stack(), "GET", path, undefined, operator)).toMatchObject({ management_networks: NETWORKS });
    const elsewhere = { management_networks: ["203.0.113.0/24"] };
    expect(await done(stack(), "PATCH", path, elsewhere, operator)).toMatchObject(elsewhere);
    expect(refusal(await call(stack(), "GET", "/access", undefined, from(OFFICE)))).toMatchObject(REFUSED);
    await done(stack(), "PATCH", path, { management_networks: [] }, operator);
    expect(await done(stack(), "GET", "/access")).toMatchObject({ management_networks: [] });
  });
}
