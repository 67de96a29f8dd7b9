import { expect, it } from "vitest";
import { fillsBody } from "../../../../src/api/schemas/fills.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { asOperator, asOther, call, done, refusal } from "./settings-calls.ts";

const DEFAULT = { mode: "redirect", store_html: false, max_object_bytes: null, store: null, large_store: null };
const TIB = 2 ** 40;

/** Tests act on the second tenant, so that the others keep theirs. */
export function fillSettings(stack: () => Stack): void {
  const look = () => done(stack(), "GET", "/fills", undefined, asOther(stack()));
  const patch = (body: unknown) => done(stack(), "PATCH", "/fills", body, asOther(stack()));
  const refused = async (body: unknown) => refusal(await call(stack(), "PATCH", "/fills", body, asOther(stack())));

  it("are told and changed, and only what is named", async () => {
    expect(fillsBody.parse(await look())).toEqual(DEFAULT);
    let expected: Record<string, unknown> = DEFAULT;
    for (const changes of [
      { mode: "stream" },
      { store_html: true, max_object_bytes: 5 * TIB },
      {},
      { mode: "auto", store_html: false },
      { max_object_bytes: 1 },
    ]) {
      expected = { ...expected, ...changes };
      expect(await patch(changes)).toEqual(expected);
      expect(await look()).toEqual(expected);
    }
    expect(await done(stack(), "GET", "/fills")).toEqual(DEFAULT);
    expect(await patch(DEFAULT)).toEqual(DEFAULT);
  });

  it("are an operator's to change for the tenant that the call names", async () => {
    const path = `/fills?site=${stack().presigned.tenant}`;
    const changed = await done(stack(), "PATCH", path, { store_html: true }, asOperator(stack()));
    expect(await look()).toEqual(changed);
    expect(changed).toEqual({ ...DEFAULT, store_html: true });
    expect(await done(stack(), "PATCH", path, DEFAULT, asOperator(stack()))).toEqual(DEFAULT);
  });

  it("take no limit that no object could meet, and none beyond what an object may have", async () => {
    for (const max_object_bytes of [0, -1, 1.5, 5 * TIB + 1, 2 ** 53, "5", true]) {
      const answer = await refused({ mode: "stream", max_object_bytes });
      expect(answer).toMatchObject({ status: 400, message: expect.stringMatching(/^max_object_bytes/) });
    }
    expect(await look()).toEqual(DEFAULT);
  });

  it("take no mode that there is not, and no null but for the limit", async () => {
    for (const body of [{ mode: "by hand" }, { mode: null }, { mode: "" }]) {
      expect(await refused(body)).toMatchObject({ status: 400, message: expect.stringMatching(/^mode/) });
    }
    for (const store_html of [null, "true", 1]) {
      expect(await refused({ store_html })).toMatchObject({
        status: 400,
        message: expect.stringMatching(/^store_html/),
      });
    }
    expect(await look()).toEqual(DEFAULT);
  });
}
