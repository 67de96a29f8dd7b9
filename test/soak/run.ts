/**
 * `npm run soak -- sizes|kills|purges|duplicates|usage|uploads|fuzz`: drives the real local stack (`fuzz`: the built api
 * Worker) for minutes and prints what it found. Ends with exit code 1 when something does not hold. Runs on Linux, where
 * /proc tells of processes.
 */
import { cleanUpWhenInterrupted } from "./clean-up.ts";
import { duplicates } from "./duplicates.ts";
import { fuzz } from "./fuzz.ts";
import { kills } from "./kills.ts";
import { type Outcome, tableText } from "./outcome.ts";
import { purges } from "./purges.ts";
import { sizes } from "./sizes.ts";
import { uploads } from "./uploads.ts";
import { usageAddsUp } from "./usage.ts";

const SOAKS: Readonly<Record<string, () => Promise<Outcome>>> = {
  sizes: () => sizes(undefined, { say: console.log }),
  kills: () => kills({ say: console.log }),
  purges: () => purges(),
  duplicates: () => duplicates(),
  usage: () => usageAddsUp(),
  uploads: () => uploads({ say: console.log }),
  fuzz: () => fuzz(),
};

async function main([name = ""]: readonly string[]): Promise<number> {
  const soak = Object.hasOwn(SOAKS, name) ? SOAKS[name] : undefined;
  if (!soak) {
    console.error(`npm run soak -- ${Object.keys(SOAKS).join("|")}`);
    return 2;
  }
  cleanUpWhenInterrupted();
  const outcome = await soak();
  console.log(`\n${tableText(outcome)}\n`);
  for (const failure of outcome.failures) console.log(`FAILED ${failure}`);
  console.log(
    outcome.failures.length === 0 ? `${name}: all of it holds` : `${name}: ${outcome.failures.length} failed`,
  );
  return outcome.failures.length === 0 ? 0 : 1;
}

// Not by letting the event loop run dry: a connection that lingers must not keep it.
process.exit(await main(process.argv.slice(2)));
