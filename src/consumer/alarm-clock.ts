const NEVER = Number.POSITIVE_INFINITY;

/** The alarm of a Durable Object, set to what is due first. Moments in ms since the epoch. */
export type AlarmClock = {
  /** Something is due then. */
  note(due: number): void;
  /** Sets the alarm, where it is not set to that moment or an earlier one. */
  set(): Promise<void>;
  /** The alarm goes off; it is set to nothing, and what was due is being seen to. */
  goesOff(): void;
  /** What is due next, of all that there is; `null`: nothing. */
  begin(due: number | null): void;
};

/** Asks the storage only when something is due before what the object knows the alarm to be set to: seldom. */
export function alarmClock(storage: Pick<DurableObjectStorage, "getAlarm" | "setAlarm">): AlarmClock {
  let first = NEVER;
  let setTo = NEVER;
  return {
    note(due) {
      first = Math.min(first, due);
    },
    async set() {
      if (first >= setTo) return;
      const due = first;
      const alarm = (await storage.getAlarm()) ?? NEVER;
      if (due < alarm) await storage.setAlarm(due);
      setTo = Math.min(due, alarm);
    },
    goesOff() {
      first = NEVER;
      setTo = NEVER;
    },
    begin(due) {
      first = due ?? NEVER;
    },
  };
}
