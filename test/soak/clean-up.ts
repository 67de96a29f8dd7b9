type Step = () => Promise<unknown>;

const steps: Step[] = [];
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
let interrupted = false;

/** Notes what must be undone when this process is interrupted, and returns it: call that to undo it at the right time. */
export function onCleanUp(step: Step): Step {
  steps.push(step);
  return async () => {
    // What was begun is being undone: whoever fails by that must not end the process before it is through.
    if (interrupted) await new Promise(() => {});
    steps.splice(steps.indexOf(step), 1);
    await step();
  };
}

/** From now on an interrupted process undoes first what it has begun, the last first. */
export function cleanUpWhenInterrupted(): void {
  for (const signal of SIGNALS) {
    // A second one, as npm sends after that of the terminal, changes nothing.
    process.on(signal, async () => {
      if (interrupted) return;
      interrupted = true;
      for (const step of steps.splice(0).reverse()) await step().catch((error: unknown) => console.error(error));
      process.exit(130);
    });
  }
}
