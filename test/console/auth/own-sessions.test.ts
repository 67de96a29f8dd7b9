import { describe, expect, it } from "vitest";
import { setOperator } from "../../../src/cli/operator.ts";
import { ownSessions } from "../../../src/console/auth/own-sessions.ts";
import { personOf } from "../../../src/console/auth/person.ts";
import { session } from "../../../src/console/auth/schema.ts";
import { browser, PASSWORD, signedIn, usePeopleWorld } from "./people-world.ts";

const world = usePeopleWorld();
const DAY_MS = 86_400_000;
const own = (now = Date.now()) => ownSessions({ ...world(), now: () => now });

/** Somebody in two browsers. */
async function inTwo() {
  const here = await signedIn(world());
  const there = browser(world(), { address: "203.0.113.9" });
  await there.call("/sign-in/email", { email: here.email, password: PASSWORD });
  return { here, there };
}

const isIn = async (at: { request: () => Request }) => (await personOf(world(), at.request())).person !== null;

describe("a person's own sessions", () => {
  it("are those of theirs that live, with this one marked, and no token", async () => {
    const { here } = await inTwo();
    await signedIn(world());
    const list = await own().sessions(here.request());
    expect(list).toHaveLength(2);
    expect(list.filter(({ isHere }) => isHere)).toMatchObject([{ browser: "a browser", address: "192.0.2.1" }]);
    expect(list.filter(({ isHere }) => !isHere)).toMatchObject([{ address: "203.0.113.9", isOperators: false }]);
    const rows = await world().database.select({ token: session.token }).from(session);
    for (const { token } of rows) expect(JSON.stringify(list)).not.toContain(token);
  });

  it("are told long after signing in, and not when they are over", async () => {
    const { here } = await inTwo();
    expect(await own(Date.now() + 13 * DAY_MS).sessions(here.request())).toHaveLength(2);
    expect(await own(Date.now() + 15 * DAY_MS).sessions(here.request())).toEqual([]);
  });

  it("end one by one, at once", async () => {
    const { here, there } = await inTwo();
    const [other] = (await own().sessions(here.request())).filter(({ isHere }) => !isHere);
    expect(await own().endSession(here.request(), { id: other?.id ?? "" })).toMatchObject({ ok: true });
    expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
    expect(await own().endSession(here.request(), { id: other?.id ?? "" })).toMatchObject({ ok: false });
  });

  it("end all but this one", async () => {
    const { here, there } = await inTwo();
    expect(await own().endOtherSessions(here.request())).toMatchObject({ ok: true });
    expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
  });

  it("are nobody else's to see or to end", async () => {
    const [anna, eve] = [await signedIn(world()), await signedIn(world())];
    const [annas] = await own().sessions(anna.request());
    expect((await own().sessions(eve.request())).map(({ id }) => id)).not.toContain(annas?.id);
    expect(await own().endSession(eve.request(), { id: annas?.id ?? "" })).toMatchObject({ ok: false });
    await own().endOtherSessions(eve.request());
    expect(await isIn(anna)).toBe(true);
  });

  it("are none for a stranger, who ends none", async () => {
    const { here } = await inTwo();
    const [one] = await own().sessions(here.request());
    const stranger = browser(world());
    expect(await own().sessions(stranger.request())).toEqual([]);
    expect(await own().endSession(stranger.request(), { id: one?.id ?? "" })).toMatchObject({ ok: false });
    expect(await own().endSession(stranger.request(), { id: "" })).toMatchObject({ ok: false });
    expect(await own().endOtherSessions(stranger.request())).toMatchObject({ ok: false });
    expect(await isIn(here)).toBe(true);
  });

  it("show an operator's among them", async () => {
    const [anna, keeper] = [await signedIn(world()), await signedIn(world())];
    await setOperator(world().settings, keeper.email, true);
    await keeper.call("/sign-in/email", { email: keeper.email, password: PASSWORD });
    expect((await keeper.call("/admin/impersonate-user", { userId: anna.id })).status).toBe(200);
    const list = await own().sessions(anna.request());
    expect(list.map(({ isOperators }) => isOperators).sort()).toEqual([false, true]);
  });
});
