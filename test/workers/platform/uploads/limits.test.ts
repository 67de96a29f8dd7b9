import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { UPLOAD_LIMITS } from "../../../../src/core/uploads/upload-limits.ts";
import { kvUploadLimits, UPLOAD_LIMITS_KEY } from "../../../../src/platform/cloudflare/kv-upload-limits.ts";
import { MINUTE, NOON } from "../../../core/samples.ts";

/** KV as somebody has set it; `reads` counts how often it was asked. */
function setting(value: string | null | Error) {
  const told = { value, reads: 0, now: NOON, faults: [] as unknown[] };
  const kv = {
    async get() {
      told.reads += 1;
      if (told.value instanceof Error) throw told.value;
      return told.value;
    },
  } as unknown as KVNamespace;
  const limits = kvUploadLimits(kv, { now: () => told.now }, (_, error) => void told.faults.push(error));
  return { told, limits };
}

const kv = env.INDEX;
beforeEach(async () => await kv.delete(UPLOAD_LIMITS_KEY));

test("the limits are those that KV has", async () => {
  await kv.put(UPLOAD_LIMITS_KEY, '{"max_file_size": 1000}');
  expect(await kvUploadLimits(kv, Date, () => {}).read()).toEqual({ ...UPLOAD_LIMITS, maxFileBytes: 1000 });
});

test("the limits are the defaults where KV has none", async () => {
  expect(await kvUploadLimits(kv, Date, () => {}).read()).toEqual(UPLOAD_LIMITS);
});

test("KV is asked once a minute", async () => {
  const { told, limits } = setting('{"max_file_size": 1}');
  await limits.read();
  told.value = '{"max_file_size": 2}';
  told.now += MINUTE - 1;
  expect([(await limits.read()).maxFileBytes, told.reads]).toEqual([1, 1]);
  told.now += 1;
  expect([(await limits.read()).maxFileBytes, told.reads]).toEqual([2, 2]);
});

test.each([new Error("KV is down"), "no JSON", '{"chunk_size": -1}'])(
  "where KV says %s the last limits count, or the defaults, and it is reported",
  async (value) => {
    const { told, limits } = setting(value);
    expect(await limits.read()).toEqual(UPLOAD_LIMITS);
    told.now += MINUTE;
    told.value = '{"max_file_size": 5}';
    expect((await limits.read()).maxFileBytes).toBe(5);
    told.now += MINUTE;
    told.value = value;
    expect((await limits.read()).maxFileBytes).toBe(5);
    expect(told.faults).toHaveLength(2);
  },
);
