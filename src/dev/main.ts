import { parseOptions } from "./options.ts";
import { parentGone } from "./parent-gone.ts";
import { startStack } from "./stack.ts";
import { StackError } from "./stack-error.ts";
import { welcome } from "./welcome.ts";

/** `npm run dev`: runs the local stack until Ctrl-C. */
async function main(args: string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    // Until the stack is up there is nothing to end in order: what was started dies with this process.
    const signalled = new Promise<null>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve(null));
    });
    const interrupted = Promise.race([signalled, parentGone()]);
    console.log("Starting Snapbyte …");
    const stack = await Promise.race([startStack(options), interrupted]);
    if (!stack) return 0;
    console.log(welcome(stack, options.state));
    const crashed = await Promise.race([stack.workersEnded.then(() => true), interrupted.then(() => false)]);
    await stack.stop();
    if (crashed) console.error(`The Workers have ended by themselves, see ${options.state}/workers.log`);
    return crashed ? 1 : 0;
  } catch (error) {
    console.error(error instanceof StackError ? error.message : error);
    return 1;
  }
}

// Not by letting the event loop run dry: a second Ctrl-C, or a connection that lingers, must not keep it.
process.exit(await main(process.argv.slice(2)));
