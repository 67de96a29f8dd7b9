import { beforeEach, describe, expect, test } from "vitest";
import type { PurgeJobName } from "../../src/core/purge/purge-job.ts";
import type { PurgeSelection } from "../../src/core/purge/selection.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { PurgeJobs } from "../../src/ports/purge-jobs.ts";
import { HOUR, NOON, SECOND } from "../core/samples.ts";

export type JobsUnderTest = { readonly jobs: PurgeJobs; readonly tenants: readonly [TenantId, TenantId] };

const RULE = { scheme: "https", host: "*.example.com", port: 443, pathPrefix: "/a/" } as const;
const SELECTIONS: readonly PurgeSelection[] = [
  { by: "keys", keys: ["a", "ключ/1 %2F"] },
  { by: "key-prefix", prefix: "a" },
  { by: "url-prefix", prefix: "https://a.example/" },
  { by: "tag", tag: "a" },
  { by: "origin", id: 7, rule: RULE },
  { by: "all" },
];

export function purgeJobsContract(name: string, make: () => Promise<JobsUnderTest>): void {
  describe(`PurgeJobs: ${name}`, () => {
    let jobs: PurgeJobs;
    let job: PurgeJobName;
    let others: PurgeJobName;
    beforeEach(async () => {
      const made = await make();
      jobs = made.jobs;
      job = { tenant: made.tenants[0], id: crypto.randomUUID() };
      others = { tenant: made.tenants[1], id: job.id };
    });

    test.each(SELECTIONS)("a job begins with nothing done, and remembers what it is about: $by", async (selection) => {
      await jobs.begin({ ...job, selection, soft: true }, NOON);
      const begun = { ...job, selection, soft: true, purged: 0, createdAt: NOON, finishedAt: null };
      expect(await jobs.find(job)).toEqual(begun);
      await expect(jobs.begin({ ...job, selection, soft: true }, NOON)).rejects.toThrow();
    });

    test("its count only grows", async () => {
      await jobs.begin({ ...job, selection: { by: "all" }, soft: false }, NOON);
      for (const [told, known] of [
        [5, 5],
        [3, 5],
        [5, 5],
        [8, 8],
      ] as const) {
        await jobs.count(job, told);
        expect(await jobs.find(job)).toMatchObject({ purged: known });
      }
    });

    test("it ends once", async () => {
      await jobs.begin({ ...job, selection: { by: "all" }, soft: false }, NOON);
      expect(await jobs.finish(job, NOON + SECOND)).toBe(true);
      expect(await jobs.finish(job, NOON + HOUR)).toBe(false);
      expect(await jobs.find(job)).toMatchObject({ finishedAt: NOON + SECOND });
    });

    test("another tenant has none of its id, and changes nothing of it", async () => {
      await jobs.begin({ ...job, selection: { by: "all" }, soft: false }, NOON);
      const before = await jobs.find(job);
      expect(await jobs.find(others)).toBeNull();
      await jobs.count(others, 7);
      expect(await jobs.finish(others, NOON)).toBe(false);
      expect(await jobs.find(job)).toEqual(before);
    });

    test("what is not there stays so", async () => {
      await jobs.count(job, 1);
      expect(await jobs.finish(job, NOON)).toBe(false);
      expect(await jobs.find(job)).toBeNull();
    });

    test("old ones are forgotten, and those that had not ended are told of", async () => {
      // Far enough back that nobody else's are older.
      const past = Date.UTC(1999, 0, 1);
      const young = { ...job, id: crypto.randomUUID() };
      const ended = { ...job, id: crypto.randomUUID() };
      await jobs.begin({ ...job, selection: { by: "all" }, soft: false }, past);
      await jobs.begin({ ...ended, selection: { by: "all" }, soft: false }, past);
      await jobs.finish(ended, past);
      await jobs.begin({ ...young, selection: { by: "all" }, soft: false }, past + HOUR);
      expect(await jobs.dropOld(past)).toEqual([]);
      expect(await jobs.find(job)).not.toBeNull();
      expect(await jobs.dropOld(past + HOUR)).toMatchObject([{ ...job, finishedAt: null }]);
      expect([await jobs.find(job), await jobs.find(ended)]).toEqual([null, null]);
      expect(await jobs.find(young)).not.toBeNull();
    });
  });
}
