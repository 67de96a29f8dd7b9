import { expect, it } from "vitest";
import { accessBody } from "../../../../src/api/schemas/access.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { presign } from "../../stack/objects.ts";
import { askProxy } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { asOperator, asOther, call, done, refusal, type Who } from "./settings-calls.ts";

/** Tests act on the second tenant, so that the others keep theirs. */
export function accessSettings(stack: () => Stack): void {
  const from = (address: string): Who => ({ ...asOther(stack()), headers: { "cf-connecting-ip": address } });
  const asOperatorFor = (path: string) => `${path}?site=${stack().presigned.tenant}`;
  const reset = () =>
    done(
      stack(),
      "PATCH",
      asOperatorFor("/access"),
      { access: "probe", delivery: "presigned", client_networks: [], management_networks: [] },
      asOperator(stack()),
    );

  it("are told and changed, and only what is named", async () => {
    const before = accessBody.parse(await done(stack(), "GET", "/access", undefined, asOther(stack())));
    expect(before).toEqual({ access: "probe", delivery: "presigned", client_networks: [], management_networks: [] });
    const changes = { access: "verify", client_networks: ["2001:DB8:0::/32", "0.0.0.0/0", "::/0"] };
    const changed = await done(stack(), "PATCH", "/access", changes, asOther(stack()));
    const kept = { ...before, access: "verify", client_networks: ["2001:db8::/32", "0.0.0.0/0", "::/0"] };
    expect(changed).toEqual(kept);
    expect(await done(stack(), "GET", "/access", undefined, asOther(stack()))).toEqual(kept);
    expect(await done(stack(), "GET", "/access")).toMatchObject({ access: "probe", client_networks: [] });
    expect(await reset()).toEqual(before);
  });

  it("say from which networks /proxy may be asked", async () => {
    const url = await presign(stack(), "hello.txt");
    const status = async (address: string) => {
      const init = { headers: { "cf-connecting-ip": address }, extra: { site: stack().presigned.tenant } };
      return (await askProxy(stack(), url, init)).status;
    };
    await done(stack(), "PATCH", "/access", { client_networks: ["198.51.100.0/24"] }, asOther(stack()));
    await until("strangers are refused", async () => ((await status("203.0.113.7")) === 403 ? true : null));
    expect([await status("198.51.100.7"), await status("2001:db8::1")]).toEqual([302, 403]);
    await reset();
    await until("everybody is let in", async () => ((await status("203.0.113.7")) === 302 ? true : null));
  });

  it("say from which networks management calls may come, and shut out nobody who says it", async () => {
    const body = { management_networks: ["198.51.100.0/24"] };
    const outside = await call(stack(), "PATCH", "/access", body, from("203.0.113.7"));
    expect(refusal(outside)).toMatchObject({ status: 400, message: expect.stringMatching(/^management_networks/) });

    await done(stack(), "PATCH", "/access", body, from("198.51.100.7"));
    const look = (who: Who) => call(stack(), "GET", "/access", undefined, who);
    await until("others are refused", async () => ((await look(from("203.0.113.7"))).status === 403 ? true : null));
    expect(refusal(await look(from("203.0.113.7")))).toMatchObject({ code: "NETWORK_NOT_ALLOWED" });
    expect((await look(from("198.51.100.7"))).status).toBe(200);

    await reset();
    await until("everybody is let in", async () => ((await look(from("203.0.113.7"))).status === 200 ? true : null));
  });
}
