import type { DevFile } from "./state/dev-file.ts";

/** What `npm run dev` says when all is up. */
export function welcome(stack: DevFile, state: string): string {
  const sample = stack.samples[1] ?? stack.samples[0];
  const proxied = `${stack.api}/proxy?url=${encodeURIComponent(sample?.url ?? "")}`;
  const curl = `curl -sS -D - -o /dev/null "${proxied}"`;
  return `
  API          ${stack.api}${stack.console === null ? "" : `\n  console      ${stack.console}`}
  demo origin  ${stack.origin}   an S3 that checks signatures; asked: ${stack.originLog}
  Postgres     ${stack.database}
  API key      ${stack.apiKey}
  operator     ${stack.adminKey}
  logs, state  ${state}   (dev.json has all of this)

A link to the demo origin, through the cache. First a miss, sent on to the origin:

${curl}

and a moment later a hit, sent to our copy:

${curl}

Ctrl-C stops everything.`;
}
