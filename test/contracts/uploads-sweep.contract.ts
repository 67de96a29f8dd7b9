import { beforeEach, describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import type { UploadPlan } from "../../src/core/uploads/upload-session.ts";
import type { Uploads } from "../../src/ports/uploads.ts";
import { HOUR } from "../core/samples.ts";
import { chunk, newPlan, RESULT, type UploadsUnderTest } from "./uploads.contract.ts";

/** Far enough back that nobody else's sessions are older. */
const PAST = Date.UTC(1999, 0, 1);

/** What the sweep asks of sessions; a suite of its own for length, run by that of the port. */
export function uploadsSweepContract(name: string, make: () => Promise<UploadsUnderTest>): void {
  describe(`Uploads, swept: ${name}`, () => {
    let uploads: Uploads;
    let tenant: TenantId;
    const begin = async (expiresAt = PAST + HOUR): Promise<UploadPlan> => {
      const plan = newPlan(tenant, { createdAt: PAST, expiresAt });
      await uploads.begin(plan);
      return plan;
    };
    const mine = async (found: Promise<readonly { tenant: TenantId; id: string }[]>) =>
      (await found).filter((session) => session.tenant === tenant).map(({ id }) => id);

    beforeEach(async () => {
      const made = await make();
      uploads = made.uploads;
      tenant = made.tenants[0];
    });

    test("sessions whose time is over are told of until something ends them", async () => {
      const [over, later, done] = [await begin(), await begin(PAST + HOUR + 1), await begin()];
      await uploads.end(done, { status: "completed", result: RESULT }, PAST);
      expect(await mine(uploads.overdue(PAST + HOUR - 1, 1000))).toEqual([]);
      expect(await mine(uploads.overdue(PAST + HOUR, 1000))).toEqual([over.id]);
      await uploads.end(over, { status: "expired" }, PAST + HOUR);
      expect(await mine(uploads.overdue(PAST + HOUR, 1000))).toEqual([]);
      await uploads.end(later, { status: "cancelled" }, PAST + HOUR);
    });

    test("no more are told of than are asked for", async () => {
      const plans = [await begin(), await begin(), await begin()];
      expect(await uploads.overdue(PAST + HOUR, 2)).toHaveLength(2);
      for (const plan of plans) await uploads.end(plan, { status: "expired" }, PAST);
      expect(await uploads.littered(PAST + HOUR, 2)).toHaveLength(2);
      await uploads.noteCleared(plans);
    });

    test("what ended without a file is litter until it is noted that the store has nothing of it", async () => {
      const [cancelled, expired, done, open] = [await begin(), await begin(), await begin(), await begin()];
      await uploads.end(cancelled, { status: "cancelled" }, PAST);
      await uploads.end(expired, { status: "expired" }, PAST + 1);
      await uploads.end(done, { status: "completed", result: RESULT }, PAST);
      expect(await mine(uploads.littered(PAST + 1, 1000))).toEqual([cancelled.id]);
      expect((await mine(uploads.littered(PAST + 2, 1000))).toSorted()).toEqual([cancelled.id, expired.id].toSorted());
      await uploads.noteCleared([cancelled, done, open]);
      expect(await mine(uploads.littered(PAST + 2, 1000))).toEqual([expired.id]);
      await uploads.noteCleared([expired]);
      expect(await mine(uploads.littered(PAST + 2, 1000))).toEqual([]);
      await uploads.noteCleared([]);
      await uploads.end(open, { status: "cancelled" }, PAST + HOUR);
    });

    test("what was cleared is forgotten with its chunks, and nothing else is", async () => {
      const [cleared, littered, done] = [await begin(), await begin(), await begin()];
      await uploads.keepChunk(cleared, chunk(0), PAST);
      for (const plan of [cleared, littered]) await uploads.end(plan, { status: "cancelled" }, PAST);
      await uploads.end(done, { status: "completed", result: RESULT }, PAST);
      await uploads.noteCleared([cleared, done]);
      expect(await uploads.dropEnded(PAST)).toBe(0);
      await uploads.dropEnded(PAST + 1);
      expect(await uploads.find(cleared)).toBeNull();
      expect(await uploads.chunks(cleared)).toEqual([]);
      expect(await uploads.find(littered)).not.toBeNull();
      expect(await uploads.find(done)).not.toBeNull();
    });
  });
}
