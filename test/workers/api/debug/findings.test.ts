import { describe, expect, test } from "vitest";
import { copyOf, type Findings, reasonOf, stateOf } from "../../../../src/api/debug/findings.ts";
import type { Copy, HeldEntry, LedgerEntry } from "../../../../src/core/entry.ts";
import type { Verdict } from "../../../../src/core/probe-verdict.ts";

const copy = { generation: "g1", storedAt: 1_000 } as Copy;
const held = (state: HeldEntry["state"]) => ({ state, copy }) as HeldEntry;
const noted = (state: LedgerEntry["state"]) => ({ state, copy: null }) as LedgerEntry;
const allowed = { allowed: true, size: 1, etag: null, askedAt: 0 } satisfies Verdict;
const found = (findings: Partial<Findings>): Findings => ({ failed: [], ...findings });

describe("where an entry stands", () => {
  test.each([
    [{}, "unknown"],
    [{ index: held("ready") }, "ready"],
    [{ index: held("stale") }, "stale"],
    [{ index: { state: "expired" } as const }, "expired"],
    [{ index: null }, "absent"],
    [{ index: null, ledger: null }, "absent"],
    [{ index: null, ledger: noted("filling") }, "filling"],
    [{ index: null, ledger: noted("failed") }, "failed"],
    [{ index: null, ledger: noted("purged") }, "purged"],
    [{ ledger: null }, "absent"],
  ])("after %j it is %s", (findings, state) => {
    expect(stateOf(found(findings))).toBe(state);
  });
});

describe("the copy", () => {
  test.each([
    [{}, { generation: null, storedAt: null }],
    [{ index: held("ready") }, { generation: "g1", storedAt: 1_000 }],
    [{ ledger: { ...noted("ready"), copy } }, { generation: "g1", storedAt: 1_000 }],
    [{ index: { state: "expired" } as const }, { generation: null, storedAt: null }],
    [{ generation: "g2" }, { generation: "g2", storedAt: null }],
  ])("of %j is %j", (findings, expected) => {
    expect(copyOf(found(findings))).toEqual(expected);
  });
});

describe("why", () => {
  test.each<[string, Partial<Findings>, string]>([
    ["hit", { index: held("ready") }, "the link proves enough"],
    ["hit", { index: held("ready"), verdict: allowed }, "the origin allows it"],
    ["fwd=stale", { index: held("ready"), verdict: allowed }, "the origin has another version"],
    ["fwd=stale", { index: held("stale") }, "the copy is old"],
    ["fwd=bypass", {}, "not to be kept, or not valid now; POST /inspect tells"],
    ["fwd=bypass", { index: held("ready"), failed: ["link"] }, "no link could be made"],
    ["fwd=uri-miss", {}, "the link is refused"],
    ["fwd=uri-miss", { index: null, ledger: null }, "there is no copy"],
    ["fwd=uri-miss", { index: null, ledger: noted("filling") }, "there is no copy"],
    ["fwd=uri-miss", { index: null }, "there is no copy"],
    ["fwd=uri-miss", { index: null, failed: ["ledger"] }, "nobody could say in time"],
    ["fwd=uri-miss", { failed: ["index", "ledger"] }, "nobody could say in time"],
    ["fwd=uri-miss", { failed: ["index"], ledger: null }, "there is no copy"],
    ["fwd=uri-miss", { index: { state: "expired" } }, "its tenant wanted it gone by now"],
    ["fwd=uri-miss", { index: held("stale") }, "the copy is old"],
    ["fwd=uri-miss", { index: held("ready") }, "the key is that of another object"],
    ["fwd=uri-miss", { index: held("ready"), verdict: null }, "the origin did not answer in time"],
    ["fwd=uri-miss", { index: held("ready"), verdict: { allowed: false } }, "the origin refuses it"],
    ["fwd=uri-miss", { index: held("ready"), verdict: allowed }, "the origin has only allowed an empty object"],
  ])("%s after %j: %s", (status, findings, reason) => {
    expect(reasonOf(found(findings), `snapbyte; ${status}`)).toBe(reason);
  });
});
