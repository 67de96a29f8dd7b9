import { afterEach, describe, expect, it, vi } from "vitest";
import { LEDGER_BUDGET_MS } from "../../src/app/ask-ledger.ts";
import { isOperator, isTrusted, OPERATOR_BUDGET_MS } from "../../src/app/authenticate.ts";

import { hashApiKey } from "../../src/core/api-key.ts";
import { SCOPES, type Scope } from "../../src/core/people/scopes.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { tenantCaller } from "../core/samples.ts";
import {
  ACME_KEY,
  bearer,
  keyedWorld,
  NO_KEY,
  OPERATOR_KEY,
  ORPHAN_KEY,
  OTHER_KEY,
  UNKNOWN_KEY,
} from "./keyed-world.ts";
import { ACME, failing, hanging, passingTime, reported, useFakeTimers } from "./world.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("whether a download comes from a caller that we know", () => {
  it.each<[string, string, Tenant, boolean]>([
    ["the tenant's key", ACME_KEY, ACME, true],
    ["an operator's key", OPERATOR_KEY, ACME, true],
    ["another tenant's key", OTHER_KEY, ACME, false],
    ["a key of a tenant that is gone", ORPHAN_KEY, ACME, false],
  ])("%s", async (_, apiKey, tenant, trusted) => {
    expect(await isTrusted(bearer(apiKey), tenant, await keyedWorld())).toBe(trusted);
  });

  it.each<[string, readonly Scope[], boolean]>([
    ["that may read downloads", ["proxy:read"], true],
    ["that may do that and more", ["usage:read", "proxy:read"], true],
    ["that may do all", ["admin"], true],
    ["that may do anything else", SCOPES.filter((scope) => scope !== "proxy:read" && scope !== "admin"), false],
    ["that may do nothing", [], false],
  ])("the tenant's key %s", async (_, scopes, trusted) => {
    const world = await keyedWorld();
    world.keys.callers.set(await hashApiKey(ACME_KEY), tenantCaller(ACME.id, scopes));
    expect(await isTrusted(bearer(ACME_KEY), ACME, world)).toBe(trusted);
  });

  it.each(NO_KEY)("%s: a stranger", async (_, authorization) => {
    expect(await isTrusted(authorization, ACME, await keyedWorld())).toBe(false);
  });

  it("nobody is asked without a key", async () => {
    const world = await keyedWorld();
    expect(await isTrusted(null, ACME, { ...world, keys: failing(world.keys, "find") })).toBe(false);
    expect(world.reports).toEqual([]);
  });

  it("a stranger while the keys are down, and it is reported", async () => {
    const world = await keyedWorld();
    expect(await isTrusted(bearer(ACME_KEY), ACME, { ...world, keys: failing(world.keys, "find") })).toBe(false);
    expect(reported(world)).toEqual(["api keys"]);
  });

  it("a stranger after the budget while the keys hang", async () => {
    const world = await keyedWorld();
    useFakeTimers();
    const parts = { ...world, keys: hanging(world.keys, "find") };
    const { value, ms } = await passingTime(isTrusted(bearer(ACME_KEY), ACME, parts));
    expect({ value, ms }).toEqual({ value: false, ms: LEDGER_BUDGET_MS });
    expect(reported(world)).toEqual(["api keys"]);
  });
});

describe("whether a request is an operator's", () => {
  it.each([
    [OPERATOR_KEY, true],
    [ACME_KEY, false],
    [ORPHAN_KEY, false],
    [UNKNOWN_KEY, false],
  ])("%s: %s", async (apiKey, expected) => {
    expect(await isOperator(bearer(apiKey), await keyedWorld())).toBe(expected);
  });

  it.each(NO_KEY)("%s: no", async (_, authorization) => {
    expect(await isOperator(authorization, await keyedWorld())).toBe(false);
  });

  it("no, while the keys are down, and it is reported", async () => {
    const world = await keyedWorld();
    expect(await isOperator(bearer(OPERATOR_KEY), { ...world, keys: failing(world.keys, "find") })).toBe(false);
    expect(reported(world)).toEqual(["api keys"]);
  });

  it("no, at once, with a key that does not begin as an operator's: nobody is asked", async () => {
    const world = await keyedWorld();
    for (const apiKey of [ACME_KEY, UNKNOWN_KEY.replace("snap_op_", "snap_key_")]) {
      expect(await isOperator(bearer(apiKey), { ...world, keys: failing(world.keys, "find") })).toBe(false);
    }
    expect(world.reports).toEqual([]);
  });

  it("no, after the budget while the keys hang", async () => {
    const world = await keyedWorld();
    useFakeTimers();
    const parts = { ...world, keys: hanging(world.keys, "find") };
    const { value, ms } = await passingTime(isOperator(bearer(OPERATOR_KEY), parts));
    expect({ value, ms }).toEqual({ value: false, ms: OPERATOR_BUDGET_MS });
  });
});
