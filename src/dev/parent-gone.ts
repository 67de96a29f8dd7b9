/** How often is looked, in ms. */
const LOOK_EVERY_MS = 1_000;

/**
 * Settles when npm, which started this process, has ended without a word, as after `kill -9`. Never, where npm did not
 * start it: a shell may leave its background jobs.
 */
export async function parentGone(): Promise<null> {
  const parent = process.ppid;
  return await new Promise((resolve) => {
    if (process.env.npm_lifecycle_event === undefined) return;
    setInterval(() => process.ppid !== parent && resolve(null), LOOK_EVERY_MS).unref();
  });
}
