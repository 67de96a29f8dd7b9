import { expect, test } from "vitest";
import { alarmClock } from "../../../src/consumer/alarm-clock.ts";

/** An alarm clock, what its storage has the alarm set to, and how often the storage was asked. */
function clockOf(alarm: number | null = null) {
  const state = { alarm, asked: 0 };
  const clock = alarmClock({
    async getAlarm() {
      state.asked += 1;
      return state.alarm;
    },
    async setAlarm(at) {
      state.alarm = Number(at);
    },
  });
  const due = async (...moments: number[]) => {
    for (const moment of moments) clock.note(moment);
    await clock.set();
  };
  return { clock, state, due };
}

test("the alarm is set to what is due first", async () => {
  const { state, due } = clockOf();
  await due(20, 10, 30);
  expect(state.alarm).toBe(10);
  await due(5);
  expect(state.alarm).toBe(5);
});

test("what is due later asks the storage nothing", async () => {
  const { state, due } = clockOf();
  await due(10);
  for (const moment of [10, 11, 1_000]) await due(moment);
  expect([state.alarm, state.asked]).toEqual([10, 1]);
});

test("an alarm that an object's earlier life set stays, unless something is due before", async () => {
  const { state, due } = clockOf(10);
  await due(20);
  expect(state).toEqual({ alarm: 10, asked: 1 });
  await due(15);
  expect(state).toEqual({ alarm: 10, asked: 1 });
  await due(9);
  expect(state.alarm).toBe(9);
});

test("nothing that is due sets no alarm", async () => {
  const { state, due } = clockOf();
  await due();
  expect(state).toEqual({ alarm: null, asked: 0 });
});

test("while what was due is seen to, it is set to what comes up, and not to what has passed", async () => {
  const { clock, state, due } = clockOf();
  await due(10);
  state.alarm = null;
  clock.goesOff();
  await due(50);
  expect(state.alarm).toBe(50);
  clock.begin(50);
  await clock.set();
  expect(state.alarm).toBe(50);
});

test("after it went off it is set to what is left, and to what came up meanwhile", async () => {
  const { clock, state, due } = clockOf();
  await due(10);
  state.alarm = null;
  clock.goesOff();
  await due(50);
  expect(state.alarm).not.toBeNull();
  clock.begin(40);
  await clock.set();
  expect(state.alarm).toBeLessThanOrEqual(40);
});

test("it sleeps when nothing is left", async () => {
  const { clock, state, due } = clockOf();
  await due(10);
  state.alarm = null;
  clock.goesOff();
  clock.begin(null);
  await clock.set();
  expect(state.alarm).toBeNull();
});
