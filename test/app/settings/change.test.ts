import { describe, expect, it } from "vitest";
import { describeAccess } from "../../../src/app/settings/access.ts";
import { change, possibleName } from "../../../src/app/settings/change.ts";
import { addLinkKey, removeLinkKey } from "../../../src/app/settings/link-keys.ts";
import { addOrigin, listOrigins } from "../../../src/app/settings/origins.ts";
import { ACME, failing } from "../world.ts";
import { OTHER, settingsDown, settingsWorld } from "./settings-world.ts";

const BUCKET = { text: "https://media.s3.amazonaws.com/", access: null, obeyPrivate: false, tags: [] };

describe("a change of a tenant's settings", () => {
  it("has the tenant forgotten by all of its names, and no other tenant", async () => {
    const world = settingsWorld();
    await addOrigin(ACME.id, BUCKET, false, world);
    expect(world.directory.forgotten).toEqual(await world.settings.names(ACME.id));
    expect(world.directory.forgotten).toContainEqual({ by: "id", value: ACME.id });
    expect(world.directory.forgotten).not.toContainEqual({ by: "id", value: OTHER.id });
  });

  it("has it forgotten only once the change is there to be found", async () => {
    const world = settingsWorld();
    let found = 0;
    const directory = {
      forget: async () => {
        found = (await world.settings.linkKeys(ACME.id)).length;
      },
    };
    const { kid } = await addLinkKey(ACME.id, { ...world, directory });
    expect(found).toBe(1);
    await removeLinkKey(ACME.id, kid, { ...world, directory });
    expect(found).toBe(0);
  });

  it("stands when the forgetting fails, which is reported", async () => {
    const world = settingsWorld();
    const directory = { forget: () => Promise.reject(new Error("KV is down")) };
    for (const broken of [
      { ...world, directory },
      { ...world, settings: failing(world.settings, "names") },
    ]) {
      await addOrigin(ACME.id, { ...BUCKET, text: `https://b${world.reports.length}.example.com/` }, false, broken);
    }
    expect(await listOrigins(ACME.id, world)).toHaveLength(2);
    expect(world.reports.map(({ what }) => what)).toEqual(["forget tenant", "forget tenant"]);
  });

  it("that could not be made has nobody forgotten, and is 503 with what happened inside", async () => {
    const world = settingsWorld();
    const error = new Error("password authentication failed");
    const changed = change(ACME.id, Promise.reject(error), world);
    await expect(changed).rejects.toMatchObject({ code: "UNAVAILABLE", cause: error });
    expect(world.directory.forgotten).toEqual([]);
    expect(world.reports).toEqual([{ what: "settings", error }]);
  });
});

describe("a name out of a path", () => {
  it.each(["", "\0", "a\nb", "\u007f", "\u0085"])("is nobody's when nothing can have it: %j", async (name) => {
    expect(() => possibleName(name)).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
    const world = settingsWorld();
    await expect(removeLinkKey(ACME.id, name, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is itself otherwise", () => {
    expect(possibleName("cdn.acme.example")).toBe("cdn.acme.example");
  });
});

describe("a look at a tenant's settings", () => {
  it("has nobody forgotten", async () => {
    const world = settingsWorld();
    await describeAccess(ACME.id, world);
    await listOrigins(ACME.id, world);
    expect(world.directory.forgotten).toEqual([]);
  });

  it("is 503 while they are down", async () => {
    const down = settingsDown(settingsWorld());
    await expect(listOrigins(ACME.id, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
