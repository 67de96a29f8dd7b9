import { createHash } from "node:crypto";
import { expect } from "vitest";
import { FAULTS } from "../../../../src/core/fills/faults.ts";
import type { Failed, FaultCase, Ready } from "../fault-case.ts";
import type { RunningCase } from "./running-case.ts";
import type { Seen } from "./watch.ts";

/** As often as the queue delivers a message: once, and `max_retries` of src/consumer/wrangler.toml more. */
const MOST_ATTEMPTS = 6;

/** Holds what was seen of a case to what its row says. */
export function check(row: RunningCase, { entry, asked, downloads }: Seen): void {
  expect(entry).not.toBeNull();
  if ("failed" in row.ends) {
    // No part of a wrong object was ever readable.
    expect(downloads).toEqual([]);
    expect(entry).toMatchObject({ status: "failed", error: failure(row.ends) });
    expect(entry).toMatchObject({ size: null, sha256: null, parts_digest: null, generation: null, stored_at: null });
  } else {
    const whole = { bytes: row.ends.ready.bytes.length, sha256: sha256Of(row.ends) };
    expect(entry).toMatchObject({ status: "ready", error: null, size: whole.bytes, sha256: whole.sha256 });
    expect(downloads.length).toBeGreaterThan(0);
    for (const download of downloads) expect(download).toMatchObject({ status: 200, ...whole });
    for (const [name, value] of Object.entries(row.ends.delivered ?? {})) {
      for (const { fields } of downloads) expect(fields[name] ?? null).toBe(value);
    }
  }
  const ranges = row.running.asked.map(({ fields }) => fields.get("range") ?? "whole").join(", ");
  expect(asked).toBeGreaterThan(0);
  expect(asked, ranges).toBeLessThanOrEqual(mostAsked(row));
  if (row.sent !== undefined) expect(row.running.sent(), ranges).toBeLessThanOrEqual(row.sent);
  row.also?.(row.running);
}

function failure({ failed, message = /./ }: Failed) {
  return { code: failed, message: expect.stringMatching(message) };
}

function sha256Of({ ready }: Ready): string {
  return createHash("sha256").update(ready.bytes).digest("hex");
}

/** What the table of faults allows, where the row says nothing else: each attempt asks once. */
function mostAsked({ asked, ends }: FaultCase): number {
  if (asked !== undefined || !("failed" in ends)) return asked ?? MOST_ATTEMPTS;
  const { final, attempts } = FAULTS[ends.failed];
  return final ? 1 : (attempts ?? MOST_ATTEMPTS);
}
