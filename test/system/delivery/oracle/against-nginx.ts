import { Agent } from "node:http";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilStored } from "../../stack/entries.ts";
import { askProxy, untilHit } from "../../stack/requests.ts";
import { describeTold, differences, told } from "./compare.ts";
import { type Asked, exchangeOver } from "./exchange.ts";
import { explain } from "./explain.ts";
import { BODIES, type OracleFile } from "./files.ts";
import { requestsFor } from "./generate.ts";
import type { Nginx } from "./nginx.ts";

/** The same requests each time. */
const SEED = 9110;
/** Requests under way at a time. */
const LANES = 4;

/** Of the requests for a file: each reason for which one was answered otherwise, and those without one, in words. */
export type Verdict = { readonly reasons: readonly string[]; readonly unexplained: readonly string[] };

/** Fills from nginx, and sends generated requests for a file to it and to our copy. */
export async function againstNginx(stack: Stack, nginx: Nginx, name: string, count: number): Promise<Verdict> {
  const url = `${nginx.url}/${name}`;
  await askProxy(stack, url);
  await untilStored(stack, url);
  const { location } = await untilHit(stack, url);

  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  const [sendOurs, sendNginx] = [exchangeOver(agent), exchangeOver(false)];
  const askNginx = async (asked: Asked) => told(await sendNginx(url, asked));
  const file = fileOf(name, (await sendNginx(url, { method: "HEAD", fields: {} })).headers);
  const requests = requestsFor(file, count, SEED).values();
  const reasons: string[] = [];
  const unexplained: string[] = [];
  const lane = async () => {
    for (const asked of requests) {
      const [theirs, ours] = [await askNginx(asked), told(await sendOurs(location, asked))];
      if (differences(ours, theirs).length === 0) continue;
      const why = await explain(asked, { ours, nginx: theirs, file }, askNginx);
      if (why) reasons.push(...why);
      else unexplained.push(`${JSON.stringify(asked)}\n  nginx ${describeTold(theirs)}\n  ours  ${describeTold(ours)}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    agent.destroy();
  }
  return { reasons, unexplained };
}

function fileOf(name: string, { etag, "last-modified": lastModified }: Readonly<Record<string, unknown>>): OracleFile {
  return { name, size: BODIES[name]?.length ?? 0, etag: String(etag), lastModified: String(lastModified) };
}
