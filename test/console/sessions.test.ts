import { describe, expect, it } from "vitest";
import { consoleWorld } from "./fakes/console-world.ts";
import { flashOf, locationOf, textOf } from "./reading.ts";

const HERE = "/app/sessions";

describe("where somebody is signed in", () => {
  it("is listed in the words of people, this one apart from the others", async () => {
    const html = await textOf(await (await consoleWorld()).get(HERE));
    const [here = "", elsewhere = ""] = html.split("Elsewhere");
    expect(here).toContain("Firefox on Linux");
    expect(here).toContain("From 198.51.100.7.");
    expect(elsewhere).toContain("Safari on iOS");
    expect(elsewhere).toContain("2001:db8:85a3::8a2e:370:7334");
    expect(elsewhere).not.toContain("Firefox on Linux");
  });

  it("tells of an operator who acts in the person's name", async () => {
    const html = await textOf(await (await consoleWorld()).get(HERE));
    expect(html).toContain("an operator, in your name");
  });

  it("is led to from the account", async () => {
    expect(await textOf(await (await consoleWorld()).get("/app/account"))).toContain(`href="${HERE}"`);
  });

  it("ends one by one", async () => {
    const { post, auth } = await consoleWorld();
    const response = await post(HERE, { form: "end", id: "s2" });
    expect(auth.asked).toEqual([{ action: "endSession", wish: { id: "s2" } }]);
    expect([response.status, locationOf(response), flashOf(response)]).toEqual([
      ...[303, HERE],
      expect.stringContaining("has to sign in again"),
    ]);
  });

  it("ends elsewhere altogether, after a second word", async () => {
    const { get, post, auth } = await consoleWorld();
    expect(await textOf(await get(HERE))).toContain("You stay signed in here; 2 others have to sign in again.");
    expect(flashOf(await post(HERE, { form: "others" }))).toContain("nowhere else");
    expect(auth.asked).toEqual([{ action: "endOtherSessions", wish: null }]);
  });

  it("says so of a session that is over already, or was never theirs", async () => {
    const { post } = await consoleWorld();
    const response = await post(HERE, { form: "end", id: "somebody-elses" });
    expect([response.status, await textOf(response)]).toEqual([422, expect.stringContaining("over already")]);
  });

  it("is not changed by an operator in the person's name, who is shown no button", async () => {
    const { get, post, auth } = await consoleWorld();
    const main = (await textOf(await get(HERE, "actor"))).split("Elsewhere")[1] ?? "";
    expect(main).not.toContain('method="post"');
    for (const form of ["end", "others"]) expect((await post(HERE, { form, id: "s2" }, "actor")).status).toBe(403);
    expect(auth.asked).toEqual([]);
  });

  it("is nothing to a stranger", async () => {
    const { get, post, auth } = await consoleWorld();
    expect(locationOf(await get(HERE, null))).toContain("/sign-in");
    expect(locationOf(await post(HERE, { form: "others" }, null))).toContain("/sign-in");
    expect(auth.asked).toEqual([]);
  });
});
