import { expect, it } from "vitest";
import { originBody, originDeleted, originList } from "../../../../src/api/schemas/origins.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { askProxy, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { call, done, refusal } from "./settings-calls.ts";

/** The allow-list, and what it does to downloads. */
export function originRules(stack: () => Stack, origin: () => OwnOrigin): void {
  const list = async () => originList.parse(await done(stack(), "GET", "/origins")).origins;

  it("is listed, extended, changed and shortened", async () => {
    const before = await list();
    const text = "https://*.example.com:8443/public/";
    const added = originBody.parse(await done(stack(), "POST", "/origins", { origin: text, access: "verify" }));
    expect(added).toMatchObject({ origin: text, access: "verify", obey_private: false });
    expect(await list()).toEqual([...before, added]);

    const changed = await done(stack(), "PATCH", `/origins/${added.id}`, { access: null });
    expect(changed).toEqual({ ...added, access: null });
    expect(await done(stack(), "GET", `/origins/${added.id}`)).toEqual(changed);
    const obeying = await done(stack(), "PATCH", `/origins/${added.id}`, { obey_private: true });
    expect(obeying).toEqual({ ...added, access: null, obey_private: true });
    const back = await done(stack(), "PATCH", `/origins/${added.id}`, { access: "verify", obey_private: false });
    expect(back).toEqual(added);

    const deleted = await done(stack(), "DELETE", `/origins/${added.id}`);
    expect(originDeleted.parse(deleted)).toEqual({ id: added.id, status: "deleted" });
    expect(await list()).toEqual(before);
    expect(refusal(await call(stack(), "DELETE", `/origins/${added.id}`))).toMatchObject({ status: 404 });
  });

  it("answers 201 for a new line, and 409 for one that is there", async () => {
    const body = { origin: "https://once.example.com" };
    const { status, body: added } = await call(stack(), "POST", "/origins", body);
    expect([status, added.origin]).toEqual([201, "https://once.example.com/"]);
    expect(refusal(await call(stack(), "POST", "/origins", body))).toMatchObject({
      status: 409,
      code: "ALREADY_EXISTS",
    });
    await done(stack(), "DELETE", `/origins/${added.id}`);
  });

  it("says from the beginning whether private answers are obeyed", async () => {
    const body = { origin: "https://private.example.com/", obey_private: true };
    const added = await done(stack(), "POST", "/origins", body);
    expect(added).toMatchObject({ ...body, access: null });
    expect(await list()).toContainEqual(added);
    await done(stack(), "DELETE", `/origins/${added.id}`);
  });

  it("decides about the very next downloads", async () => {
    const url = `${origin().url}/listed/file`;
    expect((await askProxy(stack(), url)).status).toBe(403);
    const { id } = await done(stack(), "POST", "/origins", { origin: `${origin().url}/listed/` });
    await until("the origin is allowed", async () => ((await askProxy(stack(), url)).status === 302 ? true : null));
    expect((await askProxy(stack(), `${origin().url}/other`)).status).toBe(403);
    await untilHit(stack(), url);

    await done(stack(), "PATCH", `/origins/${id}`, { access: "signed" });
    await until("a link is wanted", async () => ((await askProxy(stack(), url)).location === url ? true : null));
    await done(stack(), "PATCH", `/origins/${id}`, { access: "public" });
    await untilHit(stack(), url);

    await done(stack(), "DELETE", `/origins/${id}`);
    await until("the origin is refused", async () => ((await askProxy(stack(), url)).status === 403 ? true : null));
  });
}
