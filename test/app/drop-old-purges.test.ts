import { describe, expect, it } from "vitest";
import { dropOldPurges } from "../../src/app/drop-old-purges.ts";
import { PURGE_JOB_AGE_MS } from "../../src/core/purge/purge-job.ts";
import { NOON } from "../core/samples.ts";
import { ACME, failing, makeWorld, reported } from "./world.ts";

describe("jobs of a week ago", () => {
  it("are forgotten, those that had not ended not in silence, and younger ones are not", async () => {
    const world = makeWorld();
    for (const id of ["ended", "open", "young"]) {
      const begun = id === "young" ? NOON : NOON - 1;
      await world.purgeJobs.begin({ tenant: ACME.id, id, selection: { by: "all" }, soft: false }, begun);
    }
    await world.purgeJobs.finish({ tenant: ACME.id, id: "ended" }, NOON);
    world.clock.set(NOON + PURGE_JOB_AGE_MS);
    await dropOldPurges(world);
    expect([...world.purgeJobs.rows.keys()]).toEqual(["young"]);
    const given = { action: "purge.given_up", actor: "schedule", detail: { purge: "open", soft: false, purged: 0 } };
    expect(world.audit.records).toMatchObject([given]);
    expect(reported(world)).toEqual(["purges"]);
  });

  it("stay until the next time when they cannot be reached, which is reported", async () => {
    const world = makeWorld();
    await dropOldPurges({ ...world, purgeJobs: failing(world.purgeJobs, "dropOld") });
    expect(reported(world)).toEqual(["purges"]);
  });
});
