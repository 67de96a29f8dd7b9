import { describe, expect, it } from "vitest";
import { listAudit, recordAudit } from "../../src/app/audit.ts";
import { NOON, tenantId } from "../core/samples.ts";
import { BY } from "./purging.ts";
import { ACME, failing, makeWorld, reported } from "./world.ts";

const PAGE = { before: null, limit: 9 };

describe("what somebody did", () => {
  it("is written down with who, from where and when, and told to nobody else", async () => {
    const world = makeWorld();
    await recordAudit(ACME.id, BY, "links.revoke", { epoch: 3 }, world);
    const record = { id: 1, at: NOON, tenant: ACME.id, ...BY, action: "links.revoke", detail: { epoch: 3 } };
    expect(await listAudit(ACME.id, PAGE, world)).toEqual([record]);
    expect(await listAudit(tenantId("other"), PAGE, world)).toEqual([]);
  });

  it("stays done when it cannot be written down, which is reported", async () => {
    const world = makeWorld();
    await recordAudit(ACME.id, BY, "purge", {}, { ...world, audit: failing(world.audit, "record") });
    expect(reported(world)).toEqual(["audit"]);
  });

  it("is 503 to who asks while nobody can say", async () => {
    const world = makeWorld();
    const listed = listAudit(ACME.id, PAGE, { ...world, audit: failing(world.audit, "list") });
    await expect(listed).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
