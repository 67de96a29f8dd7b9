import { expect, test } from "vitest";
import { fakeKnownWithdrawals, fakeWithdrawals } from "../fakes/withdrawals.ts";
import { newTenant } from "./keys.ts";
import { withdrawalsContract } from "./withdrawals.contract.ts";

withdrawalsContract("fake", fakeWithdrawals);

test("the fake of an isolate's memory is never behind, and notes whom it forgot", async () => {
  const [log, tenant] = [fakeWithdrawals(), newTenant()];
  const known = fakeKnownWithdrawals(log);
  expect(known.known(tenant)).toBeNull();
  expect((await known.find(tenant)).epoch).toBe(0);
  await log.revokeLinks(tenant);
  expect((await known.find(tenant)).epoch).toBe(1);
  known.forget(tenant);
  expect(known.forgotten).toEqual([tenant]);
});
