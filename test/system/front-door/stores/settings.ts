import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { asOther, call, done, refusal } from "../settings/settings-calls.ts";

/** Copies from here on, in bytes, lie where `large_store` says. */
export const FROM_BYTES = 1000;

export const DEMO_STORES = { store: null, large_store: { store: "hidden", from_bytes: FROM_BYTES } };
export const PRESIGNED_STORES = { store: "hidden", large_store: { store: "shown", from_bytes: FROM_BYTES } };

/** Has the copies of both tenants lie in more than the stack's own store; before the first fill, whose tenant is remembered. */
export async function useStores(stack: Stack): Promise<void> {
  await done(stack, "PATCH", "/fills", DEMO_STORES);
  await done(stack, "PATCH", "/fills", PRESIGNED_STORES, asOther(stack));
}

/** Which stores a tenant may name. */
export function storeSettings(stack: () => Stack): void {
  const refused = async (body: unknown) => refusal(await call(stack(), "PATCH", "/fills", body));

  it("are told as they were set", async () => {
    expect(await done(stack(), "GET", "/fills")).toMatchObject(DEMO_STORES);
    expect(await done(stack(), "GET", "/fills", undefined, asOther(stack()))).toMatchObject(PRESIGNED_STORES);
  });

  it("name no store that this deployment has not", async () => {
    for (const body of [{ store: "elsewhere" }, { large_store: { store: "elsewhere", from_bytes: 1 } }]) {
      expect(await refused(body)).toMatchObject({ status: 400, code: "STORE_UNKNOWN" });
    }
    expect(await done(stack(), "GET", "/fills")).toMatchObject(DEMO_STORES);
  });

  it("take nothing but a name, and a size with it", async () => {
    const large = DEMO_STORES.large_store;
    for (const store of [1, "", "x".repeat(33), ["hidden"]]) {
      expect(await refused({ store })).toMatchObject({ status: 400, message: expect.stringMatching(/^store/) });
    }
    for (const wrong of ["hidden", {}, { store: "hidden" }, { ...large, from_bytes: 0 }, { ...large, more: 1 }]) {
      const answer = await refused({ large_store: wrong });
      expect(answer).toMatchObject({ status: 400, message: expect.stringMatching(/^large_store/) });
    }
    expect(await done(stack(), "GET", "/fills")).toMatchObject(DEMO_STORES);
  });
}
