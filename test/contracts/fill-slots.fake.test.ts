import { expect, test } from "vitest";
import { SLOT_TIMES } from "../../src/core/fills/slots.ts";
import { NOON } from "../core/samples.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeFillSlots } from "../fakes/fill-slots.ts";
import { fillSlotsContract } from "./fill-slots.contract.ts";

fillSlotsContract("fake", () => {
  const clock = fakeClock(NOON);
  return { slots: fakeFillSlots(clock), leaseMs: SLOT_TIMES.leaseMs, now: clock.now, pass: clock.advance };
});

test("the fake forgets a name when its last holder and waiter go", async () => {
  const slots = fakeFillSlots(fakeClock(NOON));
  const wish = { name: "tenant:acme", limit: 1, deadline: null };
  await slots.take({ ...wish, holder: "a" });
  await slots.take({ ...wish, holder: "b" });
  await slots.giveBack("tenant:acme", "a");
  expect([...slots.names.keys()]).toEqual(["tenant:acme"]);
  await slots.giveBack("tenant:acme", "b");
  expect(slots.names.size).toBe(0);
});
