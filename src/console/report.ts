/** An error that nobody handles goes into the log: its text, never a request's address, which may hold a signature. */
export function report(what: string, error: unknown): void {
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(JSON.stringify({ level: "error", what, cause }));
}
