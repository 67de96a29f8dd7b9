/** Bytes of UTF-8 that a file's name may have: four times what file systems take, so that nothing that was a file's is too long. */
export const MAX_FILE_NAME_BYTES = 1024;

/**
 * A file's name as it is kept and shown, whatever it holds: slashes, control characters, right-to-left marks. Only what
 * Postgres and UTF-8 cannot hold, NUL and half a surrogate pair, is replaced. `null`: there is none, or it is too long.
 */
export function displayName(given: string): string | null {
  const name = given.toWellFormed().replaceAll("\0", "\ufffd");
  return name === "" || new TextEncoder().encode(name).length > MAX_FILE_NAME_BYTES ? null : name;
}
